/** Tests of the package of the same name. */
@NullMarked
package io.minimalcluster.task.compile;

import org.jspecify.annotations.NullMarked;
