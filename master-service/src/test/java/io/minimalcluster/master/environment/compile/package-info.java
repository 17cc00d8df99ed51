@NullMarked
package io.minimalcluster.master.environment.compile;

import org.jspecify.annotations.NullMarked;
