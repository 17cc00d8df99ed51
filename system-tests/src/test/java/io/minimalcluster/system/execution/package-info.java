/** Tests of task execution on real workers. */
@NullMarked
package io.minimalcluster.system.execution;

import org.jspecify.annotations.NullMarked;
