/**
 * Reflection on target functions without running user code. Compiler and executor share it, so that both see the same
 * signatures.
 */
@NullMarked
package io.minimalcluster.task.function;

import org.jspecify.annotations.NullMarked;
