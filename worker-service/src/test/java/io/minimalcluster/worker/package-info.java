/** The packaged worker, started as a process. */
@NullMarked
package io.minimalcluster.worker;

import org.jspecify.annotations.NullMarked;
