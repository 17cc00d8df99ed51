/** The valid keys: configured, generated, or created and revoked by an admin. The store keeps digests only. */
@NullMarked
package io.minimalcluster.master.security.key;

import org.jspecify.annotations.NullMarked;
