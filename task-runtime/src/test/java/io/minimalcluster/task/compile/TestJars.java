package io.minimalcluster.task.compile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    /** Sets the Unix mode of the first entry. */
    static byte[] withMode(byte[] jar, int mode) {
        byte[] changed = jar.clone();
        int at = new String(jar, ISO_8859_1).indexOf("PK\1\2");
        changed[at + 5] = 3;
        changed[at + 40] = (byte) mode;
        changed[at + 41] = (byte) (mode >> 8);
        return changed;
    }

    /** The jar with its end in the form of zip64. */
    static byte[] zip64(byte[] jar) throws IOException {
        ByteBuffer old = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
        int end = jar.length - 22;
        int count = old.getShort(end + 10);
        int length = old.getInt(end + 12);
        int start = old.getInt(end + 16);
        ByteBuffer tail = ByteBuffer.allocate(56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
        tail.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        tail.putLong(count).putLong(count).putLong(length).putLong(start);
        tail.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        tail.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
        tail.putShort((short) -1).putShort((short) -1).putInt(-1).putInt(-1).putShort((short) 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jar, 0, end);
        out.write(tail.array());
        return out.toByteArray();
    }

    /** Changes the uncompressed size of the first entry. */
    static byte[] wrongSize(byte[] jar) {
        byte[] wrongSize = jar.clone();
        int at = new String(jar, ISO_8859_1).indexOf("PK\1\2");
        wrongSize[at + 24]++;
        return wrongSize;
    }
}
