/** The course of a job: blocks of results and running batches over time, and how long its tasks took. */
@NullMarked
package io.minimalcluster.master.result.timeline;

import org.jspecify.annotations.NullMarked;
