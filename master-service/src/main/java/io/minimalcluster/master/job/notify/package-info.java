/** Subscriptions to the progress and the end of a job, kept in memory. */
@NullMarked
package io.minimalcluster.master.job.notify;

import org.jspecify.annotations.NullMarked;
