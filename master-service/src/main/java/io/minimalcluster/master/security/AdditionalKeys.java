package io.minimalcluster.master.security;

import java.util.Optional;

/** Keys that are known beside those of the settings. */
public interface AdditionalKeys {
    /**
     * Whose key has the digest; empty if nobody's, or not any more.
     *
     * @param sha256 in lower-case hex
     */
    Optional<Caller> callerOf(String sha256);
}
