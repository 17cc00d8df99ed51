package io.minimalcluster.master.security;

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

/** A key in a file that only its owner may read. */
final class KeyFile {
    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    /** The key in the file, made at the first start. */
    String readOrMake() {
        if (!Files.exists(path)) {
            make();
        }
        return read();
    }

    /** The key in the file, which must be there. */
    String read() {
        try {
            warnIfOpen();
            String key = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
            if (!Key.isPossible(key)) {
                throw new StartupException("the key file " + path + " holds no key: one line of visible ASCII, at most "
                        + Key.LONGEST + " characters");
            }
            return key;
        } catch (IOException e) {
            throw new StartupException("the key file " + path + " can't be read: " + e);
        }
    }

    /** Whole or not at all: it is written beside, and moved to its name when it is on disk. */
    private void make() {
        try {
            Path fresh = Files.createTempFile(
                    path.toAbsolutePath().getParent(), path.getFileName().toString(), ".new", ownerOnly());
            try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap((random() + "\n").getBytes(StandardCharsets.US_ASCII)));
                file.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            log.info("event=key.created file={}", path);
        } catch (FileAlreadyExistsException _) {
            // made by another process just now: that one counts
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
            log.warn("event=key.readable-by-others file={} remedy=\"chmod 600\"", path);
        }
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** 256 bits, as text that can be pasted anywhere. */
    static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
