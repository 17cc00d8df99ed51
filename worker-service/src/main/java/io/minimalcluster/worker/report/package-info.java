/** Posts the outcomes of a batch to the master. */
@NullMarked
package io.minimalcluster.worker.report;

import org.jspecify.annotations.NullMarked;
