package io.minimalcluster.worker.master;

import io.minimalcluster.model.support.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** An authkey. Its secret appears in no log and no exception. */
public final class AuthKey {
    private static final int MAX_LENGTH = 1024;

    private final String secret;

    private AuthKey(String secret) {
        this.secret = secret;
    }

    /**
     * Creates a key from configured text; surrounding whitespace is stripped.
     *
     * @throws IllegalArgumentException if the text is empty, too long, or contains other than printable ASCII
     *     characters
     */
    public static AuthKey of(String configured) {
        String secret = configured.strip();
        if (secret.isEmpty() || secret.length() > MAX_LENGTH || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "an authkey is 1 to " + MAX_LENGTH + " printable ASCII characters without a space");
        }
        return new AuthKey(secret);
    }

    /** The value of the Authorization header. */
    String bearer() {
        return "Bearer " + secret;
    }

    /** Compares a key with this one in constant time. */
    public boolean matches(String other) {
        return MessageDigest.isEqual(digest(secret), digest(other));
    }

    private static byte[] digest(String text) {
        return Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AuthKey[…]";
    }
}
