package io.minimalcluster.master.idempotency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;

/**
 * Digests a body without the boundary of its parts, which clients make up anew each time they send it; so the same form
 * is the same body.
 */
final class BoundaryStrippingDigest {
    private final byte[] boundary;
    private final int[] fallback;
    private final MessageDigest digest;
    private int matched;
    private long passed;

    /** @param boundary empty where the body has no parts */
    BoundaryStrippingDigest(String boundary, MessageDigest digest) {
        this.boundary = boundary.getBytes(US_ASCII);
        this.fallback = fallback(this.boundary);
        this.digest = digest;
    }

    /**
     * How much of the boundary is still matched when the byte after so many of it is another (Knuth, Morris, Pratt).
     */
    private static int[] fallback(byte[] word) {
        int[] fallback = new int[word.length];
        for (int i = 1, length = 0; i < word.length; i++) {
            while (length > 0 && word[i] != word[length]) {
                length = fallback[length - 1];
            }
            length += word[i] == word[length] ? 1 : 0;
            fallback[i] = length;
        }
        return fallback;
    }

    void pass(byte[] bytes, int offset, int length) {
        if (boundary.length == 0) {
            digest(bytes, offset, length);
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            pass(bytes[i]);
        }
    }

    private void pass(byte next) {
        while (matched > 0 && next != boundary[matched]) {
            int shorter = fallback[matched - 1];
            digest(boundary, 0, matched - shorter);
            matched = shorter;
        }
        if (next != boundary[matched]) {
            digest(new byte[] {next}, 0, 1);
        } else if (++matched == boundary.length) {
            matched = 0;
        }
    }

    /** What was held back, for it might have become a boundary, belongs to the body. */
    void end() {
        digest(boundary, 0, matched);
        matched = 0;
    }

    private void digest(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        passed += length;
    }

    /** How many bytes were digested. */
    long passed() {
        return passed;
    }
}
