/**
 * Jobs: their rows, their views, cancellation, deletion, and explanation of their state. {@code scheduling} allocates
 * their tasks, {@code result} records the outcomes.
 */
@NullMarked
package io.minimalcluster.master.job;

import org.jspecify.annotations.NullMarked;
