/** Tests of what the seed decides. */
@NullMarked
package io.minimalcluster.chaos.fault;

import org.jspecify.annotations.NullMarked;
