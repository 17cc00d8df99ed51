/** Environments: compiled user code, stored once per content and visible to the callers that posted it. */
@NullMarked
package io.minimalcluster.master.environment;

import org.jspecify.annotations.NullMarked;
