/** The calls that workers make, by a worker that is written out call by call. */
@NullMarked
package io.minimalcluster.system.worker;

import org.jspecify.annotations.NullMarked;
