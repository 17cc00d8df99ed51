/** The JSON of arguments and values, in the form that executors read and write. */
@NullMarked
package io.minimalcluster.client.json;

import org.jspecify.annotations.NullMarked;
