/** Configuration of Jackson: strict for requests of clients, lenient for those of workers. */
@NullMarked
package io.minimalcluster.master.http.json;

import org.jspecify.annotations.NullMarked;
