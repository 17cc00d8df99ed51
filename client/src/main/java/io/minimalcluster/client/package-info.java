/**
 * A Java client of a master: environments, functions, jobs, values and workers as typed calls. It depends only on
 * shared-model, Jackson and the JDK's HTTP client. It streams values, so memory does not grow with the job.
 */
@NullMarked
package io.minimalcluster.client;

import org.jspecify.annotations.NullMarked;
