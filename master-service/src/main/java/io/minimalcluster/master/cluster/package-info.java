/** This master among others: where it can be reached, and the worker that is a part of it. */
@NullMarked
package io.minimalcluster.master.cluster;

import org.jspecify.annotations.NullMarked;
