/** Fault tests; see docs/reliability.md. */
@NullMarked
package io.minimalcluster.system.fault;

import org.jspecify.annotations.NullMarked;
