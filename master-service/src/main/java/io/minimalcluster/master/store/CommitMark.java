package io.minimalcluster.master.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The number of the last commit that was acknowledged, kept beside the database, which counts its commits too: a
 * database that is behind has lost what somebody was promised. SQLite takes a log that was cut for one that ends there,
 * and says nothing.
 *
 * <p>It is written between the commit and the answers, and not forced to the disk: it outlives the process, and after
 * a failure of power it is at most too low.
 */
final class CommitMark implements AutoCloseable {
    private final FileChannel channel;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    private CommitMark(FileChannel channel) {
        this.channel = channel;
    }

    static CommitMark open(Path file) {
        try {
            return new CommitMark(FileChannel.open(file, CREATE, WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException("the mark " + file + " can't be written", e);
        }
    }

    /** What the mark says; 0 where there is none. */
    static long read(Path file) {
        try {
            byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            return bytes.length < Long.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
        } catch (IOException e) {
            throw new UncheckedIOException("the mark " + file + " can't be read", e);
        }
    }

    /** Writes the number over the last one, in one small write. */
    void put(long commit) {
        number.clear();
        number.putLong(commit);
        number.flip();
        try {
            channel.write(number, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
