/**
 * Streaming responses that last as long as a job does: their limits, and the server-sent events of a job. Each holds a
 * virtual thread, and no connection of the store while it waits.
 */
@NullMarked
package io.minimalcluster.master.job.stream;

import org.jspecify.annotations.NullMarked;
