package io.minimalcluster.task.compile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes valid and invalid jars. */
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

    /**
     * Replaces bytes everywhere, for instance entry names in both directories of an archive. The length must stay the
     * same.
     */
    static byte[] replaced(byte[] jar, String from, String to) {
        return new String(jar, ISO_8859_1).replace(from, to).getBytes(ISO_8859_1);
    }

    /** Marks the first entry as a symbolic link. */
    static byte[] linked(byte[] jar) {
        byte[] linked = jar.clone();
        int at = new String(jar, ISO_8859_1).indexOf("PK\1\2");
        linked[at + 5] = 3;
        linked[at + 41] = (byte) 0xa1;
        return linked;
    }

    /** Changes the uncompressed size of the first entry. */
    static byte[] wrongSize(byte[] jar) {
        byte[] wrongSize = jar.clone();
        int at = new String(jar, ISO_8859_1).indexOf("PK\1\2");
        wrongSize[at + 24]++;
        return wrongSize;
    }
}
