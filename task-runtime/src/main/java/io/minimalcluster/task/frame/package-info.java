/**
 * How a service talks with a JVM that it forked: length-prefixed frames over the standard streams. Used on both sides.
 */
@NullMarked
package io.minimalcluster.task.frame;

import org.jspecify.annotations.NullMarked;
