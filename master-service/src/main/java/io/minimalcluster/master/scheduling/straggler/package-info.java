/** Straggler mitigation: work stealing from long batches, and speculative copies of slow tasks. */
@NullMarked
package io.minimalcluster.master.scheduling.straggler;

import org.jspecify.annotations.NullMarked;
