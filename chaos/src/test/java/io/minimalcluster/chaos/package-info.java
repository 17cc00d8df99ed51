/** Tests of what is to find defects: a checker that cannot fail is worth nothing. */
@NullMarked
package io.minimalcluster.chaos;

import org.jspecify.annotations.NullMarked;
