/** What clients of a run ask for, and what must come of it: each value can be told from the order alone. */
@NullMarked
package io.minimalcluster.chaos.order;

import org.jspecify.annotations.NullMarked;
