/**
 * A scanner that finds the ends of JSON values and validates them without building them. The master uses it for input
 * of clients. Master and worker use it for output of executors.
 */
@NullMarked
package io.minimalcluster.task.json;

import org.jspecify.annotations.NullMarked;
