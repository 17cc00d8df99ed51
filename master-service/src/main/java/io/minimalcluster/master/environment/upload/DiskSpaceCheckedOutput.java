package io.minimalcluster.master.environment.upload;

import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import io.minimalcluster.master.store.DiskSpaceGuard;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Output stream to a file that checks the disk space and throws {@link InsufficientStorage} when the disk is full. */
final class DiskSpaceCheckedOutput extends OutputStream {
    private final OutputStream out;
    private final DiskSpaceGuard diskSpace;

    DiskSpaceCheckedOutput(Path file, DiskSpaceGuard diskSpace) {
        this.diskSpace = diskSpace;
        try {
            this.out = Files.newOutputStream(file);
        } catch (IOException e) {
            throw toException(e);
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        diskSpace.check(length);
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw toException(e);
        }
    }

    /** Maps a write error. The disk may have become full since the check. */
    private RuntimeException toException(IOException failure) {
        return diskSpace.isLow()
                ? new InsufficientStorage("The disk of the master is full.")
                : new UncheckedIOException(failure);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw toException(e);
        }
    }
}
