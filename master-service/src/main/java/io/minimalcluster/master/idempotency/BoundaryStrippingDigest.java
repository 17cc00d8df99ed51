package io.minimalcluster.master.idempotency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;

/**
 * Digests a body without its multipart boundary. Clients generate a new boundary for each request, so this makes equal
 * forms have equal digests.
 */
final class BoundaryStrippingDigest {
    private final byte[] boundary;
    private final int[] fallback;
    private final MessageDigest digest;
    private int matched;
    private long digestedBytes;

    /** @param boundary empty if the body is not multipart */
    BoundaryStrippingDigest(String boundary, MessageDigest digest) {
        this.boundary = boundary.getBytes(US_ASCII);
        this.fallback = fallback(this.boundary);
        this.digest = digest;
    }

    /** Failure function of Knuth-Morris-Pratt: the matched prefix that remains after a mismatch. */
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

    void update(byte[] bytes, int offset, int length) {
        if (boundary.length == 0) {
            digest(bytes, offset, length);
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            update(bytes[i]);
        }
    }

    private void update(byte next) {
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

    /** Digests a partial match at the end, which is part of the body. */
    void end() {
        digest(boundary, 0, matched);
        matched = 0;
    }

    private void digest(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        digestedBytes += length;
    }

    /** Number of digested bytes. */
    long digestedBytes() {
        return digestedBytes;
    }
}
