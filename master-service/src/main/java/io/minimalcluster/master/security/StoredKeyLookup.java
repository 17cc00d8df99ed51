package io.minimalcluster.master.security;

import java.util.Optional;

/** Source of keys other than the settings. */
public interface StoredKeyLookup {
    /**
     * The caller with the key; empty if the key is unknown, revoked or expired.
     *
     * @param sha256 digest of the key in lower-case hex
     */
    Optional<Caller> callerOf(String sha256);
}
