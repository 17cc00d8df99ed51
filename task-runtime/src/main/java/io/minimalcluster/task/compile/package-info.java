/**
 * The compiler: turns sources into a bundle with its target functions, or into diagnostics. It runs in a separate
 * process, because input can make javac hang or exhaust the heap. It never executes compiled code.
 */
@NullMarked
package io.minimalcluster.task.compile;

import org.jspecify.annotations.NullMarked;
