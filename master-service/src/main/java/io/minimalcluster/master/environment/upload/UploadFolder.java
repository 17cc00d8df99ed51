package io.minimalcluster.master.environment.upload;

import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.model.support.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Temporary folder with the files of one call, deleted on close. */
public final class UploadFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UploadFolder.class);

    private final Path folder;
    private final DiskSpaceGuard diskSpace;
    private int count;

    UploadFolder(Path folder, DiskSpaceGuard diskSpace) {
        this.folder = folder;
        this.diskSpace = diskSpace;
    }

    /** Writes a streamed file to disk. Posted names are never used as names on disk. */
    public UploadedFile keep(String name, InputStream content) throws IOException {
        Path file = newFile();
        MessageDigest digest = Sha256.digest();
        CRC32 checksum = new CRC32();
        long bytes;
        try (OutputStream out = new DigestOutputStream(write(file), digest)) {
            bytes = new CheckedInputStream(content, checksum).transferTo(out);
        }
        return new UploadedFile(name, file, bytes, HexFormat.of().formatHex(digest.digest()), checksum.getValue());
    }

    /**
     * Opens a file for writing. Writes throw {@link io.minimalcluster.master.error.MasterException.InsufficientStorage}
     * if the disk space is too low.
     */
    public OutputStream write(Path file) {
        return new DiskSpaceCheckedOutput(file, diskSpace);
    }

    /** A new path, without creating the file. */
    public Path newFile() {
        count++;
        return folder.resolve(Integer.toString(count));
    }

    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            log.warn("event=upload.not-deleted folder={} reason=\"{}\"", folder, e.toString());
        }
    }
}
