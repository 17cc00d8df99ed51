package io.minimalcluster.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The secret that a caller shows to a master: printable characters without spaces. */
public record Authkey(String secret) {
    public Authkey {
        if (secret.isEmpty() || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("an authkey is one word of printable ASCII characters");
        }
    }

    /** Reads the key that a file holds; white space around it does not count. */
    public static Authkey in(Path file) throws IOException {
        return new Authkey(Files.readString(file).strip());
    }

    /** Never the secret: this may end up in a log. */
    @Override
    public String toString() {
        return "Authkey[…]";
    }
}
