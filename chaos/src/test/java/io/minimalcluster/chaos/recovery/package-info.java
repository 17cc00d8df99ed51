/** Tests of what clients write down of answers that are not whole. */
@NullMarked
package io.minimalcluster.chaos.recovery;

import org.jspecify.annotations.NullMarked;
