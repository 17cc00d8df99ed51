package io.minimalcluster.master.security.key;

import io.minimalcluster.master.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with a key, readable by its owner only. */
final class KeyFile {
    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** The byte order mark of UTF-8, which some editors write. */
    private static final String MARK = "\u00ef\u00bb\u00bf";

    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    /** Reads the key, and generates the file if absent. */
    String readOrCreate() {
        if (!Files.exists(path)) {
            create();
        }
        return read();
    }

    /** Reads the key of an existing file. */
    String read() {
        try {
            warnIfOpen();
            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
            String key = (text.startsWith(MARK) ? text.substring(MARK.length()) : text).strip();
            if (!Key.isPossible(key)) {
                throw new StartupException(
                        "the key file " + path + " holds no valid key: it must be one line of visible ASCII, at most "
                                + Key.MAX_LENGTH + " characters");
            }
            return key;
        } catch (IOException e) {
            throw new StartupException("the key file " + path + " can't be read: " + e);
        }
    }

    /** Creates the file atomically: writes and syncs a temporary file, then renames it. */
    private void create() {
        try {
            Path fresh = Files.createTempFile(
                    path.toAbsolutePath().getParent(), path.getFileName().toString(), ".new", ownerOnly());
            try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap((random() + "\n").getBytes(StandardCharsets.US_ASCII)));
                file.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            log.info("event=key-file.created file={}", path);
        } catch (FileAlreadyExistsException _) {
            // created concurrently by another process, whose key is used
        } catch (IOException e) {
            throw new StartupException("the key file " + path + " can't be written: " + e);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private void warnIfOpen() throws IOException {
        if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
            log.warn("event=key-file.readable-by-others file={} remedy=\"chmod 600\"", path);
        }
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Generates a secret of 256 bits in hex. */
    static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
