/** The protocol between a service and a forked JVM: length-prefixed frames over descriptors of their own. */
@NullMarked
package io.minimalcluster.task.frame;

import org.jspecify.annotations.NullMarked;
