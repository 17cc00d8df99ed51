/** Periodic maintenance of jobs: deadlines, and deletion after the retention time. */
@NullMarked
package io.minimalcluster.master.job.retention;

import org.jspecify.annotations.NullMarked;
