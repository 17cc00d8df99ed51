/**
 * Binding of JSON to parameters and of results to JSON. Binding is strict and exact, and allocates no objects per task
 * for scalar types. The package does not depend on frames or batches.
 */
@NullMarked
package io.minimalcluster.task.bind;

import org.jspecify.annotations.NullMarked;
