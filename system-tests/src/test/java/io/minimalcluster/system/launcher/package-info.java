/** Tests of the launcher script {@code minimalcluster}. */
@NullMarked
package io.minimalcluster.system.launcher;

import org.jspecify.annotations.NullMarked;
