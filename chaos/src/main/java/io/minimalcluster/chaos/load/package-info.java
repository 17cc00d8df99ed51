/** Clients that post, read, change and delete jobs, abort uploads, and record their calls. */
@NullMarked
package io.minimalcluster.chaos.load;

import org.jspecify.annotations.NullMarked;
