/** Environments in requests and responses: sources, target functions, diagnostics. */
@NullMarked
package io.minimalcluster.model.environment;

import org.jspecify.annotations.NullMarked;
