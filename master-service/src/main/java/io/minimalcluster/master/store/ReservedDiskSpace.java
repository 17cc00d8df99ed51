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

/** A file that reserves disk space, deleted when the disk is full. */
final class ReservedDiskSpace {
    private static final Logger log = LoggerFactory.getLogger(ReservedDiskSpace.class);
    private static final int BLOCK_BYTES = 1024 * 1024;

    private final Path file;
    private final long wanted;

    ReservedDiskSpace(Path file, long wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    long wanted() {
        return wanted;
    }

    /** Reserved bytes. */
    long bytes() {
        return file.toFile().length();
    }

    boolean isFull() {
        return bytes() >= wanted;
    }

    /** Releases the space; false if none was reserved. */
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

    /** Reserves the space with random bytes, which no file system can compress. Releases it all if that fails. */
    void fill() {
        byte[] block = new byte[BLOCK_BYTES];
        new SplittableRandom().nextBytes(block);
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            for (long written = 0; written < wanted; ) {
                ByteBuffer next = ByteBuffer.wrap(block, 0, (int) Math.min(BLOCK_BYTES, wanted - written));
                written += channel.write(next);
            }
            channel.force(true);
        } catch (IOException e) {
            log.warn("event=disk.reserve-not-created file={} reason=\"{}\"", file, e.toString());
            release();
        }
    }
}
