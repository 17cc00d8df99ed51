/** Names for target functions, each client's own. Jobs ask here what a name means. */
@NullMarked
package io.minimalcluster.master.function;

import org.jspecify.annotations.NullMarked;
