/** Tests of the command and its parts. */
@NullMarked
package io.minimalcluster.chaos;

import org.jspecify.annotations.NullMarked;
