/** Who may call what, and what refusals look like. */
@NullMarked
package io.minimalcluster.system.security;

import org.jspecify.annotations.NullMarked;
