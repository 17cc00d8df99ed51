/** Who may depend on whom. */
@NullMarked
package io.minimalcluster.system.rule;

import org.jspecify.annotations.NullMarked;
