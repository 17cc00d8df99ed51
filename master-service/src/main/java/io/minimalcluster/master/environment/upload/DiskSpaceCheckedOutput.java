package io.minimalcluster.master.environment.upload;

import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import io.minimalcluster.master.store.DiskSpaceGuard;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file for as long as there is room; that there is none is a refusal and no defect. */
final class DiskSpaceCheckedOutput extends OutputStream {
    private final OutputStream out;
    private final DiskSpaceGuard diskSpace;

    DiskSpaceCheckedOutput(Path file, DiskSpaceGuard diskSpace) {
        this.diskSpace = diskSpace;
        try {
            this.out = Files.newOutputStream(file);
        } catch (IOException e) {
            throw refusal(e);
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
            throw refusal(e);
        }
    }

    /** The disk may have been filled by others since the room was looked at. */
    private RuntimeException refusal(IOException failure) {
        return diskSpace.isLow()
                ? new InsufficientStorage("The disk of the master is full.")
                : new UncheckedIOException(failure);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw refusal(e);
        }
    }
}
