/**
 * The transactional store: units of work, one writer, a pool of readers, and the guard of free disk space. It contains
 * no tables; each feature has its own statements.
 */
@NullMarked
package io.minimalcluster.master.store;

import org.jspecify.annotations.NullMarked;
