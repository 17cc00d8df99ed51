/** Tests of the package of the same name. */
@NullMarked
package io.minimalcluster.task.execute;

import org.jspecify.annotations.NullMarked;
