package io.minimalcluster.master.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Scope within which executors may be reused: the jobs of one owner. It is a digest, so workers do not learn the name.
 */
final class ReuseScope {
    private static final int BYTES = 16;

    private ReuseScope() {}

    static String of(String owner) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(owner.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
