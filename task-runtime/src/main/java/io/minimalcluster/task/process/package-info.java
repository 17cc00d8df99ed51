/**
 * What each forked JVM does alike: frames in on a thread of their own, frames out whole, and an end at once when the
 * service is gone.
 */
@NullMarked
package io.minimalcluster.task.process;

import org.jspecify.annotations.NullMarked;
