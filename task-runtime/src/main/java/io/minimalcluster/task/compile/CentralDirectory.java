package io.minimalcluster.task.compile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * The central directory of a zip archive. It is read directly, because the zip classes of the JDK do not report
 * symbolic links. It is located as in the JDK: before the end record, or before that of zip64.
 */
final class CentralDirectory {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT_LENGTH = 0xffff;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int MAX_LENGTH = 16 << 20;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ZIP64_LOCATOR_LENGTH = 20;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_END_LENGTH = 56;
    private static final int ZIP64_COUNT = 0xffff;
    private static final long ZIP64_VALUE = 0xffffffffL;
    private static final Set<Integer> UNIX_SYSTEMS = Set.of(3, 19);
    private static final int TYPE = 0xf000;

    /**
     * Pipes, devices, links and sockets. Other types are accepted: old archivers leave modes unset, as all zeros or all
     * ones.
     */
    private static final Set<Integer> SPECIAL = Set.of(0x1000, 0x2000, 0x6000, 0xa000, 0xc000);

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
            if (isZip64(tail, at)) {
                end = tail.getLong(at - ZIP64_LOCATOR_LENGTH + 8);
                length = zip64Length(channel, end, size);
            }
            if (length < 0 || length > MAX_LENGTH || length > end) {
                throw new ZipException("its directory is too long");
            }
            return new CentralDirectory(read(channel, end - length, end));
        }
    }

    /** Whether values of the end record are replaced by those of a zip64 record, as the JDK decides it. */
    private static boolean isZip64(ByteBuffer tail, int end) {
        boolean isFull = Short.toUnsignedInt(tail.getShort(end + 10)) == ZIP64_COUNT
                || Integer.toUnsignedLong(tail.getInt(end + 12)) == ZIP64_VALUE
                || Integer.toUnsignedLong(tail.getInt(end + 16)) == ZIP64_VALUE;
        return isFull && end >= ZIP64_LOCATOR_LENGTH && tail.getInt(end - ZIP64_LOCATOR_LENGTH) == ZIP64_LOCATOR;
    }

    private static long zip64Length(FileChannel channel, long at, long size) throws IOException {
        if (at < 0 || at > size - ZIP64_END_LENGTH) {
            throw new ZipException("its zip64 record is outside the file");
        }
        ByteBuffer end = read(channel, at, at + ZIP64_END_LENGTH);
        if (end.getInt(0) != ZIP64_END) {
            throw new ZipException("it has no zip64 record");
        }
        return end.getLong(40);
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
            boolean isUnix = UNIX_SYSTEMS.contains(Byte.toUnsignedInt(entries.get(at + 5)));
            if (isUnix && SPECIAL.contains(type) && !isFolder(at)) {
                throw new InvalidFileException(library, "it has a link, or something else that is no file");
            }
            at += ENTRY_LENGTH + length(at + 28) + length(at + 30) + length(at + 32);
        }
    }

    private boolean isFolder(int at) {
        int last = at + ENTRY_LENGTH + length(at + 28) - 1;
        return length(at + 28) > 0 && last < entries.limit() && entries.get(last) == '/';
    }

    private int length(int at) {
        return Short.toUnsignedInt(entries.getShort(at));
    }
}
