/** Tests of the calls of workers, mostly made one by one by raw workers. */
@NullMarked
package io.minimalcluster.system.worker;

import org.jspecify.annotations.NullMarked;
