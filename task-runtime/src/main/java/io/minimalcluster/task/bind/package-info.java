/**
 * From JSON to a parameter and from a result to JSON: exact, strict, and without an object per task where the types are
 * simple. Called by the executor; knows nothing of frames or batches.
 */
@NullMarked
package io.minimalcluster.task.bind;

import org.jspecify.annotations.NullMarked;
