package io.minimalcluster.master.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that holds nothing but room, to be given up when there is none left. */
final class ReservedDiskSpace {
    private static final Logger log = LoggerFactory.getLogger(ReservedDiskSpace.class);
    private static final int PIECE = 1024 * 1024;

    private final Path file;
    private final long wanted;

    ReservedDiskSpace(Path file, long wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    long wanted() {
        return wanted;
    }

    /** How much it holds now. */
    long bytes() {
        return file.toFile().length();
    }

    boolean isFull() {
        return bytes() >= wanted;
    }

    /** Gives it up; false if there was none. */
    boolean release() {
        boolean held = bytes() > 0;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("event=disk.reserve-not-released file={} reason=\"{}\"", file, e.toString());
            return false;
        }
        return held;
    }

    /** Takes the room again, with bytes that no file system can pack; nothing is left of it if that fails. */
    void fill() {
        byte[] piece = new byte[PIECE];
        new SplittableRandom().nextBytes(piece);
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            for (long written = 0; written < wanted; ) {
                ByteBuffer next = ByteBuffer.wrap(piece, 0, (int) Math.min(PIECE, wanted - written));
                written += channel.write(next);
            }
            channel.force(true);
        } catch (IOException e) {
            log.warn("event=disk.reserve-not-made file={} reason=\"{}\"", file, e.toString());
            release();
        }
    }
}
