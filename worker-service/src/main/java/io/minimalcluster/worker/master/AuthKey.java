package io.minimalcluster.worker.master;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** An authkey. It never shows itself: not in a log, not in an exception. */
public final class AuthKey {
    private static final int LONGEST = 1024;

    private final String secret;

    private AuthKey(String secret) {
        this.secret = secret;
    }

    /**
     * Takes a key as it was configured; space around it is no part of it.
     *
     * @throws IllegalArgumentException if it is empty, too long, or has other than printable ASCII characters
     */
    public static AuthKey of(String configured) {
        String secret = configured.strip();
        if (secret.isEmpty() || secret.length() > LONGEST || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "an authkey is 1 to " + LONGEST + " printable ASCII characters without a space");
        }
        return new AuthKey(secret);
    }

    /** The value of the Authorization header. */
    String bearer() {
        return "Bearer " + secret;
    }

    /** Whether the other is this key; takes the same time for each other key. */
    public boolean matches(String other) {
        return MessageDigest.isEqual(digest(secret), digest(other));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "AuthKey[…]";
    }
}
