/** Tests of environments and registered functions. */
@NullMarked
package io.minimalcluster.system.environment;

import org.jspecify.annotations.NullMarked;
