/** Tests of the package of the same name. */
@NullMarked
package io.minimalcluster.worker.bundle;

import org.jspecify.annotations.NullMarked;
