package io.minimalcluster.master.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.EnvironmentId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What an environment is made of, and the digest that names it. */
record Content(Map<String, String> sources, String sha256) {
    private static final int ID_DIGITS = 32;

    /** Sources by file name. */
    static Content of(Map<String, String> sources) {
        MessageDigest digest = Sha256.digest();
        Map<String, String> sorted = new TreeMap<>(sources);
        sorted.forEach((name, text) -> {
            add(digest, name);
            add(digest, text);
        });
        return new Content(sorted, HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    EnvironmentId id() {
        return new EnvironmentId("env-" + sha256.substring(0, ID_DIGITS));
    }
}
