/** Tests of the package of the same name. */
@NullMarked
package io.minimalcluster.task.function;

import org.jspecify.annotations.NullMarked;
