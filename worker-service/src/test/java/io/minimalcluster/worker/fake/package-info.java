/** A fake master that serves the worker API and injects faults on demand, and a fake executor. */
@NullMarked
package io.minimalcluster.worker.fake;

import org.jspecify.annotations.NullMarked;
