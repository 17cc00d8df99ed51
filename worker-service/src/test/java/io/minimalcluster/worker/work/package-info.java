/** Tests of the package of the same name. */
@NullMarked
package io.minimalcluster.worker.work;

import org.jspecify.annotations.NullMarked;
