package io.minimalcluster.task.compile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * The central directory of a zip archive. It is read directly, because the zip classes of the JDK do not report
 * symbolic links. It is located as in the JDK: before the end record.
 */
final class CentralDirectory {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT_LENGTH = 0xffff;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int MAX_LENGTH = 16 << 20;
    private static final int UNIX = 3;
    private static final int TYPE = 0xf000;
    private static final int FOLDER = 0x4000;
    private static final int FILE = 0x8000;

    private final ByteBuffer entries;

    private CentralDirectory(ByteBuffer entries) {
        this.entries = entries;
    }

    static CentralDirectory of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            ByteBuffer tail = read(channel, Math.max(0, size - END_LENGTH - MAX_COMMENT_LENGTH), size);
            int at = end(tail);
            long end = size - tail.limit() + at;
            long length = Integer.toUnsignedLong(tail.getInt(at + 12));
            if (length > MAX_LENGTH || length > end) {
                throw new ZipException("its directory is too long");
            }
            return new CentralDirectory(read(channel, end - length, end));
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new ZipException("it is cut short");
            }
        }
        return bytes.flip();
    }

    private static int end(ByteBuffer tail) throws ZipException {
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END
                    && at + END_LENGTH + Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit()) {
                return at;
            }
        }
        throw new ZipException("it is cut short");
    }

    /** Rejects entries that are neither files nor folders. */
    void check(String library) throws InvalidFileException, ZipException {
        for (int at = 0; at < entries.limit(); ) {
            if (at + ENTRY_LENGTH > entries.limit() || entries.getInt(at) != ENTRY) {
                throw new ZipException("its directory is broken");
            }
            int type = (entries.getInt(at + 38) >>> 16) & TYPE;
            boolean isSpecial = type != 0 && type != FOLDER && type != FILE;
            if (Byte.toUnsignedInt(entries.get(at + 5)) == UNIX && isSpecial) {
                throw new InvalidFileException(library, "it has a link, or something else that is no file");
            }
            at += ENTRY_LENGTH + length(at + 28) + length(at + 30) + length(at + 32);
        }
    }

    private int length(int at) {
        return Short.toUnsignedInt(entries.getShort(at));
    }
}
