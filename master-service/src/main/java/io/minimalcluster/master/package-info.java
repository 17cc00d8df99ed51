/** The master as a process: its start, and what every feature is given. */
@NullMarked
package io.minimalcluster.master;

import org.jspecify.annotations.NullMarked;
