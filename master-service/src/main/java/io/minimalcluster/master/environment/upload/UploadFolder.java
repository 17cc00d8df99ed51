package io.minimalcluster.master.environment.upload;

import io.minimalcluster.master.store.DiskSpaceGuard;
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

/** The files of one call, gone when it ends. */
public final class UploadFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UploadFolder.class);

    private final Path folder;
    private final DiskSpaceGuard diskSpace;
    private int count;

    UploadFolder(Path folder, DiskSpaceGuard diskSpace) {
        this.folder = folder;
        this.diskSpace = diskSpace;
    }

    /** Keeps a file as it streams in; no name that was posted is a name on this disk. */
    public UploadedFile keep(String name, InputStream content) throws IOException {
        Path file = newFile();
        MessageDigest digest = Sha256.digest();
        CRC32 sum = new CRC32();
        long bytes;
        try (OutputStream out = new DigestOutputStream(write(file), digest)) {
            bytes = new CheckedInputStream(content, sum).transferTo(out);
        }
        return new UploadedFile(name, file, bytes, HexFormat.of().formatHex(digest.digest()), sum.getValue());
    }

    /** Opens a file of the upload; writing to it ends where the room does. */
    public OutputStream write(Path file) {
        return new DiskSpaceCheckedOutput(file, diskSpace);
    }

    /** A name for another file; it is not there yet. */
    public Path newFile() {
        count++;
        return folder.resolve(Integer.toString(count));
    }

    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            log.warn("event=upload.folder-left folder={} reason=\"{}\"", folder, e.toString());
        }
    }
}
