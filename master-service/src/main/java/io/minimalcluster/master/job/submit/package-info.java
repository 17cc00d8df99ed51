/**
 * Submission of a job: reads and validates the request, resolves the target function, stores the arguments, and queues
 * the job.
 */
@NullMarked
package io.minimalcluster.master.job.submit;

import org.jspecify.annotations.NullMarked;
