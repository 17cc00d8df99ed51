package io.minimalcluster.master.environment;

import io.minimalcluster.master.store.Room;
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
final class Upload implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upload.class);

    private final Path folder;
    private final Room room;
    private int count;

    Upload(Path folder, Room room) {
        this.folder = folder;
        this.room = room;
    }

    /** Keeps a file as it streams in; no name that was posted is a name on this disk. */
    UploadedFile keep(String name, InputStream content) throws IOException {
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
    OutputStream write(Path file) {
        return new RoomyOutput(file, room);
    }

    /** A name for another file; it is not there yet. */
    Path newFile() {
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
