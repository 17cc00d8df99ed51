/** A master that is not one: it serves the worker's calls as the contract says, and misbehaves on demand. */
@NullMarked
package io.minimalcluster.worker.fake;

import org.jspecify.annotations.NullMarked;
