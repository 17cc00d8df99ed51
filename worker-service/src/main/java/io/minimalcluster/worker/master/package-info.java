/**
 * The HTTP client of the master's worker API, with timeouts and retries. Calls fail with a subclass of
 * {@link io.minimalcluster.worker.master.MasterCallException}.
 */
@NullMarked
package io.minimalcluster.worker.master;

import org.jspecify.annotations.NullMarked;
