/** Tests of recovery measurements. */
@NullMarked
package io.minimalcluster.chaos.recovery;

import org.jspecify.annotations.NullMarked;
