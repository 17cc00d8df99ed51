package io.minimalcluster.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The key that authenticates a caller: printable ASCII characters without spaces. */
public record Authkey(String secret) {
    public Authkey {
        if (secret.isEmpty() || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("an authkey is one word of printable ASCII characters");
        }
    }

    /** Reads a key from a file and strips surrounding white space. */
    public static Authkey in(Path file) throws IOException {
        return new Authkey(Files.readString(file).strip());
    }

    /** Omits the secret, because this text may be logged. */
    @Override
    public String toString() {
        return "Authkey[…]";
    }
}
