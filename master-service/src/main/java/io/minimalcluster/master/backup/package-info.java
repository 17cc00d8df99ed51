/**
 * Online backups of the store, in a folder of the data folder. The master chooses folder and names, so that no caller
 * passes a path.
 */
@NullMarked
package io.minimalcluster.master.backup;

import org.jspecify.annotations.NullMarked;
