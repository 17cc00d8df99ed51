/** Real workers run real code. */
@NullMarked
package io.minimalcluster.system.execution;

import org.jspecify.annotations.NullMarked;
