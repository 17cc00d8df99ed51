/**
 * The settings of a worker and of its executors, with defaults, validation and detection of misspelt names. A master
 * uses them too for its own executors.
 */
@NullMarked
package io.minimalcluster.worker.settings;

import org.jspecify.annotations.NullMarked;
