/** How long it took until things went on, measured from outside. */
@NullMarked
package io.minimalcluster.chaos.recovery;

import org.jspecify.annotations.NullMarked;
