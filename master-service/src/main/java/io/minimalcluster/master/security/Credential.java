package io.minimalcluster.master.security;

/** What let a call in; each is known by a digest in lower-case hex. */
sealed interface Credential {
    /** A key that came with the call. */
    record ByKey(String sha256) implements Credential {}

    /** A session that somebody with a key began. */
    record BySession(String sha256) implements Credential {}
}
