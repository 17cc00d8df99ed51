/**
 * The target functions of a class, found by reflection and without running any of it. Used where a bundle is compiled
 * and where it is executed, so that both see the same functions under the same signatures.
 */
@NullMarked
package io.minimalcluster.task.function;

import org.jspecify.annotations.NullMarked;
