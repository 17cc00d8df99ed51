/**
 * Copies of the store, made while the master runs, in a folder of the data folder. Where they lie and how they are
 * called is the master's affair alone: no caller names a path.
 */
@NullMarked
package io.minimalcluster.master.backup;

import org.jspecify.annotations.NullMarked;
