package io.minimalcluster.master;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the access of other users to a folder and all that it contains. */
final class OwnerOnlyFolder {
    private static final Logger log = LoggerFactory.getLogger(OwnerOnlyFolder.class);
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnlyFolder() {}

    /**
     * Tightens a folder. Logs a line if it was open.
     *
     * @throws StartupException if it stays open
     */
    static void tighten(Path data) throws IOException {
        if (!data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Path folder = data.toRealPath();
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
        close(folder, folder);
        if (!OWNER.containsAll(before)) {
            log.warn(
                    "event=data.permissions-restricted folder={} previous={}",
                    folder,
                    PosixFilePermissions.toString(before));
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                close(folder, each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                try {
                    if (!attributes.isSymbolicLink()) {
                        close(folder, each);
                    }
                } catch (NoSuchFileException _) {
                    // another master, which is found later, has deleted it
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException failed) {
                return FileVisitResult.CONTINUE; // it has gone, or belongs to another user in a closed folder
            }
        });
    }

    private static void close(Path folder, Path each) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(each);
        if (OWNER.containsAll(found)) {
            return;
        }
        Set<PosixFilePermission> closed = new HashSet<>(found);
        closed.retainAll(OWNER);
        try {
            Files.setPosixFilePermissions(each, closed);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException refused) {
            throw open(folder, each, found);
        }
        if (!OWNER.containsAll(Files.getPosixFilePermissions(each))) {
            throw open(folder, each, found);
        }
    }

    private static StartupException open(Path folder, Path each, Set<PosixFilePermission> found) {
        return new StartupException("other users of this machine can read " + each + " ("
                + PosixFilePermissions.toString(found)
                + "), and this user can't change that: give the data folder to this user with chown -R, and run"
                + " chmod -R go= " + folder);
    }
}
