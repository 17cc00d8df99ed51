package io.minimalcluster.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The binaries of the server. They are unpacked once per version and machine, readable by any user. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** The folder that contains {@code bin/postgres}. */
    static Path unpacked() throws IOException {
        URL archive = Objects.requireNonNull(
                PostgresBinaries.class.getResource("/" + archiveName()),
                "no PostgreSQL for this system on the class path");
        String version = archive.getPath().replaceAll(".*-([0-9.]+)\\.jar!.*", "$1");
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        Path target = parent.resolve("minimalcluster-postgres-" + version + "-" + System.getProperty("user.name"));
        if (!Files.exists(target)) {
            Path temporary = Files.createTempDirectory(parent, "minimalcluster-postgres-");
            unpack(archive, temporary);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            moveIfAbsent(temporary, target);
        }
        return target;
    }

    private static String archiveName() {
        boolean isMac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        boolean isArm = System.getProperty("os.arch").equals("aarch64");
        return "postgres-" + (isMac ? "darwin" : "linux") + "-" + (isArm ? "arm_64" : "x86_64") + ".txz";
    }

    private static void moveIfAbsent(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            FolderDeletion.delete(temporary); // a concurrent process has created the same folder
        }
    }

    private static void unpack(URL archive, Path to) throws IOException {
        try (InputStream packed = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = to.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(tar, file);
                    boolean runs = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
