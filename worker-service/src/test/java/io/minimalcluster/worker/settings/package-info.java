/** Tests of the package of the same name. */
@NullMarked
package io.minimalcluster.worker.settings;

import org.jspecify.annotations.NullMarked;
