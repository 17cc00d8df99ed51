/** Tests of the package of the same name. */
@NullMarked
package io.minimalcluster.worker.master;

import org.jspecify.annotations.NullMarked;
