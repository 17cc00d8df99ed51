/** Environments: compiled user code, stored once for each content and shown to those who posted it. */
@NullMarked
package io.minimalcluster.master.environment;

import org.jspecify.annotations.NullMarked;
