/** The embedded store on SQLite: startup integrity check, count of commits, WAL checkpoints. */
@NullMarked
package io.minimalcluster.master.store.sqlite;

import org.jspecify.annotations.NullMarked;
