/** The protocol between a service and a forked JVM: length-prefixed frames over the standard streams. */
@NullMarked
package io.minimalcluster.task.frame;

import org.jspecify.annotations.NullMarked;
