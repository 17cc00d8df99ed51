package io.minimalcluster.master.worker;

import io.minimalcluster.model.support.Sha256;

/**
 * Scope within which executors may be reused: the jobs of one owner. It is a digest, so workers do not learn the name.
 */
final class ReuseScope {
    private static final int HEX_DIGITS = 32;

    private ReuseScope() {}

    static String of(String owner) {
        return Sha256.hex(owner).substring(0, HEX_DIGITS);
    }
}
