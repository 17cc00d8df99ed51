package io.minimalcluster.master.security;

/** The credential that authenticated a call, as a SHA-256 digest in lower-case hex. */
public sealed interface Credential {
    /** A key in the {@code Authorization} header. */
    record ByKey(String sha256) implements Credential {}

    /** A session cookie. */
    record BySession(String sha256) implements Credential {}
}
