package io.minimalcluster.master.store.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The number of the last commit that was acknowledged, kept beside the database, which counts its commits too: a
 * database that is behind has lost what somebody was promised. SQLite takes a log that was cut for one that ends there,
 * and says nothing.
 *
 * <p>It is written between the commit and the answers, and not forced to the disk: it outlives the process, and after a
 * failure of power it is at most too low.
 */
final class CommitMark implements AutoCloseable {
    // not a channel: that would be closed by the interrupt that ends the writer, which still commits what waits
    private final RandomAccessFile file;

    private CommitMark(RandomAccessFile file) {
        this.file = file;
    }

    static CommitMark open(Path file) {
        try {
            return new CommitMark(new RandomAccessFile(file.toFile(), "rw"));
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
        try {
            file.seek(0);
            file.writeLong(commit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
