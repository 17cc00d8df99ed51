/**
 * A PostgreSQL server of one's own, from binaries on the class path. For tests and trials; nothing of it is shipped.
 */
@NullMarked
package io.minimalcluster.postgres;

import org.jspecify.annotations.NullMarked;
