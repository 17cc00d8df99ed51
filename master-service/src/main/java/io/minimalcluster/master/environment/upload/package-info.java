/** Files of a request on disk until they are stored, and their digests. */
@NullMarked
package io.minimalcluster.master.environment.upload;

import org.jspecify.annotations.NullMarked;
