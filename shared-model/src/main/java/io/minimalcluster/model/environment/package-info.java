/** An environment as it is posted and shown: sources, target functions, diagnostics. */
@NullMarked
package io.minimalcluster.model.environment;

import org.jspecify.annotations.NullMarked;
