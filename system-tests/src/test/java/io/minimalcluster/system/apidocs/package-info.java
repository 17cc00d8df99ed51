/** The description of the API as clients and browsers find it, and what monitors are told. */
@NullMarked
package io.minimalcluster.system.apidocs;

import org.jspecify.annotations.NullMarked;
