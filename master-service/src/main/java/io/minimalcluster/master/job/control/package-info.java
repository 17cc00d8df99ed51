/** Pause, resume and retry of a job. */
@NullMarked
package io.minimalcluster.master.job.control;

import org.jspecify.annotations.NullMarked;
