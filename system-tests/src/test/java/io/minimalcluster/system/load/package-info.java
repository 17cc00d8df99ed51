/** Tests with many tasks, large data and concurrent jobs. */
@NullMarked
package io.minimalcluster.system.load;

import org.jspecify.annotations.NullMarked;
