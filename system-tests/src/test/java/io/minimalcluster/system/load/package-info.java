/** Many tasks, much data, many jobs. */
@NullMarked
package io.minimalcluster.system.load;

import org.jspecify.annotations.NullMarked;
