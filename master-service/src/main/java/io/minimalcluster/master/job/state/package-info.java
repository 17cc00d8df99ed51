/** The state and the counters of jobs: the only code that writes the table {@code job}. */
@NullMarked
package io.minimalcluster.master.job.state;

import org.jspecify.annotations.NullMarked;
