/** Tests of the checks, by histories with one violation each. */
@NullMarked
package io.minimalcluster.chaos.check;

import org.jspecify.annotations.NullMarked;
