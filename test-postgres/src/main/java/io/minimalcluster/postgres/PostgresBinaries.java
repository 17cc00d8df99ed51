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

/** The server's programs, unpacked once per version and machine, where any user may run them. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** The folder that {@code bin/postgres} is in. */
    static Path unpacked() throws IOException {
        URL archive = Objects.requireNonNull(
                PostgresBinaries.class.getResource("/" + archiveName()),
                "no PostgreSQL for this system on the class path");
        String version = archive.getPath().replaceAll(".*-([0-9.]+)\\.jar!.*", "$1");
        Path all = Path.of(System.getProperty("java.io.tmpdir"));
        Path ours = all.resolve("minimalcluster-postgres-" + version + "-" + System.getProperty("user.name"));
        if (!Files.exists(ours)) {
            Path fresh = Files.createTempDirectory(all, "minimalcluster-postgres-");
            unpack(archive, fresh);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            moveUnlessThere(fresh, ours);
        }
        return ours;
    }

    private static String archiveName() {
        boolean isMac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        boolean isArm = System.getProperty("os.arch").equals("aarch64");
        return "postgres-" + (isMac ? "darwin" : "linux") + "-" + (isArm ? "arm_64" : "x86_64") + ".txz";
    }

    private static void moveUnlessThere(Path fresh, Path ours) throws IOException {
        try {
            Files.move(fresh, ours, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            FolderDeletion.delete(fresh); // another was faster, and has the same
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
