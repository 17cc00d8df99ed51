/**
 * The settings of a worker and of its executors, checked and with their defaults, and the check that no setting is
 * misspelt. Also for a master, which has the same executors.
 */
@NullMarked
package io.minimalcluster.worker.settings;

import org.jspecify.annotations.NullMarked;
