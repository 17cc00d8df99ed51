package io.minimalcluster.task.compile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars as builds make them, and as they don't. */
final class TestJars {
    private TestJars() {}

    static byte[] of(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Changes bytes wherever they are, names in both directories of an archive for instance; the length stays. */
    static byte[] replaced(byte[] jar, String from, String to) {
        return new String(jar, ISO_8859_1).replace(from, to).getBytes(ISO_8859_1);
    }

    /** Says in the directory that the first entry is a link. */
    static byte[] linked(byte[] jar) {
        byte[] linked = jar.clone();
        int at = new String(jar, ISO_8859_1).indexOf("PK\1\2");
        linked[at + 5] = 3;
        linked[at + 41] = (byte) 0xa1;
        return linked;
    }

    /** Says in the directory that the first entry has another length when it is unfolded. */
    static byte[] lying(byte[] jar) {
        byte[] lying = jar.clone();
        int at = new String(jar, ISO_8859_1).indexOf("PK\1\2");
        lying[at + 24]++;
        return lying;
    }
}
