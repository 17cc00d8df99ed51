/** What clients of a run did and saw, written down as it happened: all that the checks may know. */
@NullMarked
package io.minimalcluster.chaos.history;

import org.jspecify.annotations.NullMarked;
