/** Histories written by hand, each with one thing wrong. */
@NullMarked
package io.minimalcluster.chaos.check;

import org.jspecify.annotations.NullMarked;
