/** Tests of jobs, their control and their results. */
@NullMarked
package io.minimalcluster.system.job;

import org.jspecify.annotations.NullMarked;
