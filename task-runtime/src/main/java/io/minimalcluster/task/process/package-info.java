/**
 * Code that both kinds of forked JVM share: frame input on a separate thread, frame output, and immediate exit when the
 * service ends.
 */
@NullMarked
package io.minimalcluster.task.process;

import org.jspecify.annotations.NullMarked;
