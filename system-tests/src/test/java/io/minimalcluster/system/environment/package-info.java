/** Loading code, and naming functions of it. */
@NullMarked
package io.minimalcluster.system.environment;

import org.jspecify.annotations.NullMarked;
