/** The script {@code minimalcluster}, as a user calls it. */
@NullMarked
package io.minimalcluster.system.launcher;

import org.jspecify.annotations.NullMarked;
