/** Records the outcomes of tasks, once each, under a lease that is not lost, as blocks of raw JSON. */
@NullMarked
package io.minimalcluster.master.result.record;

import org.jspecify.annotations.NullMarked;
