/**
 * The resources of one isolated child process: a slot number with a folder and a user id, its paths, and the system
 * programs that prepare them.
 */
@NullMarked
package io.minimalcluster.worker.launch.sandbox;

import org.jspecify.annotations.NullMarked;
