/**
 * The transactional store: units of work, one writer, a pool of readers, and the guard of free disk space. It knows no
 * table; each feature brings its own statements.
 */
@NullMarked
package io.minimalcluster.master.store;

import org.jspecify.annotations.NullMarked;
