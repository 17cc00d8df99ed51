/** A PostgreSQL server for tests, from binaries on the class path. It is not part of the distribution. */
@NullMarked
package io.minimalcluster.postgres;

import org.jspecify.annotations.NullMarked;
