package io.minimalcluster.master.security.key;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.support.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a valid key, with its caller and expiry.
 *
 * @param sha256 digest in lower-case hex
 * @param expiresAt null for never
 */
public record Key(Caller caller, String sha256, @Nullable Instant expiresAt) {
    /** Maximum length of a key. */
    public static final int MAX_LENGTH = 512;

    /** The digest of a secret, in lower-case hex. */
    public static String digest(String secret) {
        return HexFormat.of().formatHex(Sha256.digest(secret.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Whether a text has the format of a key: visible ASCII of limited length. */
    public static boolean isPossible(String secret) {
        return !secret.isEmpty()
                && secret.length() <= MAX_LENGTH
                && secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Compares digests in constant time. */
    boolean matches(String digest) {
        return MessageDigest.isEqual(
                sha256.getBytes(StandardCharsets.US_ASCII), digest.getBytes(StandardCharsets.US_ASCII));
    }

    boolean isValid(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
