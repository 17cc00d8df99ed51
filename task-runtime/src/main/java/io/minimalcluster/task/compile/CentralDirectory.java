package io.minimalcluster.task.compile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * The directory of an archive, read for what the JDK's classes don't tell of an entry: whether it is a link. It is
 * found where they find it: right before the record that ends the file.
 */
final class CentralDirectory {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LONGEST = 16 << 20;
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
            ByteBuffer tail = read(channel, Math.max(0, size - END_LENGTH - LONGEST_COMMENT), size);
            int at = end(tail);
            long end = size - tail.limit() + at;
            long length = Integer.toUnsignedLong(tail.getInt(at + 12));
            if (length > LONGEST || length > end) {
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

    /** Refuses what is neither a file nor a folder. */
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
