package io.minimalcluster.master.store.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file with the number of the last acknowledged commit. A database with a smaller number has lost acknowledged
 * commits. SQLite does not report a truncated log.
 *
 * <p>The file is written between the commit and the responses, without fsync. It survives a crash of the process. After
 * a power failure the number may be too low.
 */
final class CommitMark implements AutoCloseable {
    // not a channel: the interrupt that ends the writer would close it, but queued work is still committed
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

    /** Reads the number; 0 if the file is absent. */
    static long read(Path file) {
        try {
            byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            return bytes.length < Long.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
        } catch (IOException e) {
            throw new UncheckedIOException("the mark " + file + " can't be read", e);
        }
    }

    /** Overwrites the number in one small write. */
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
