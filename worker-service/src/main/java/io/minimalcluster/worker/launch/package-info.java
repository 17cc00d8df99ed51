/**
 * Forks JVMs behind the strongest walls that work on this machine and ends them for good: one launcher with a list of
 * prefixes (another user id, resource limits, bubblewrap) before {@code java}. Used by the executors and by the
 * master's compiler; knows nothing of what its children do beyond that they speak frames.
 */
@NullMarked
package io.minimalcluster.worker.launch;

import org.jspecify.annotations.NullMarked;
