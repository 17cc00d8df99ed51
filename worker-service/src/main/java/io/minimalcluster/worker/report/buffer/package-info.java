/** Outcomes of a batch between their execution and the post, in a bounded amount of memory. */
@NullMarked
package io.minimalcluster.worker.report.buffer;

import org.jspecify.annotations.NullMarked;
