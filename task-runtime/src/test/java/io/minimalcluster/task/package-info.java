/** Tests of the package of the same name. */
@NullMarked
package io.minimalcluster.task;

import org.jspecify.annotations.NullMarked;
