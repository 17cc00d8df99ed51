/** Named keys that an admin creates and revokes; the store keeps their digests. */
@NullMarked
package io.minimalcluster.master.security.key;

import org.jspecify.annotations.NullMarked;
