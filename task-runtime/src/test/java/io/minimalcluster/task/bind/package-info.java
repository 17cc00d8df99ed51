/** Tests of the package of the same name. */
@NullMarked
package io.minimalcluster.task.bind;

import org.jspecify.annotations.NullMarked;
