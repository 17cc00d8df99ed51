/**
 * The compiler: sources in, a bundle and its target functions out, or everything that javac finds. It lives in a
 * process of its own, for javac can be made to hang or to fill the heap by its input; nothing of what it compiles is
 * run.
 */
@NullMarked
package io.minimalcluster.task.compile;

import org.jspecify.annotations.NullMarked;
