/** The recorded calls of the clients of a run, which are the only input of checks. */
@NullMarked
package io.minimalcluster.chaos.history;

import org.jspecify.annotations.NullMarked;
