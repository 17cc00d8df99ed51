package io.minimalcluster.master.security;

import io.minimalcluster.model.support.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a valid key, with its caller and expiry.
 *
 * @param expiresAt null for never
 */
record Key(Caller caller, byte[] sha256, @Nullable Instant expiresAt) {
    /** Maximum length of a key. */
    static final int MAX_LENGTH = 512;

    Key {
        if (sha256.length != 32) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes");
        }
        sha256 = sha256.clone();
    }

    static byte[] digest(String secret) {
        return Sha256.digest(secret.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The digest in lower-case hex, as stored. */
    static String hexDigest(String secret) {
        return hex(digest(secret));
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** Whether a text has the format of a key: visible ASCII of limited length. */
    static boolean isPossible(String secret) {
        return !secret.isEmpty()
                && secret.length() <= MAX_LENGTH
                && secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Compares digests in constant time. */
    boolean matches(byte[] digest) {
        return MessageDigest.isEqual(sha256, digest);
    }

    boolean isValid(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
