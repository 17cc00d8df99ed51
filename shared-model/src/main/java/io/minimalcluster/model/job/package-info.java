/** A job, its options, its counts, and the outcome of a task, as they travel. */
@NullMarked
package io.minimalcluster.model.job;

import org.jspecify.annotations.NullMarked;
