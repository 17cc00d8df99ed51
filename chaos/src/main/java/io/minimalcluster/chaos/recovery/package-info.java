/** Recovery times, measured from outside. */
@NullMarked
package io.minimalcluster.chaos.recovery;

import org.jspecify.annotations.NullMarked;
