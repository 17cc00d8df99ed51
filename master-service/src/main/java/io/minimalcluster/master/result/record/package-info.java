/** Records the outcomes of tasks, once per task, as blocks of raw JSON. Results under a LOST lease are rejected. */
@NullMarked
package io.minimalcluster.master.result.record;

import org.jspecify.annotations.NullMarked;
