package io.minimalcluster.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void folderAndItsContentAreTightened() throws IOException {
        Path data = Files.createDirectory(parent.resolve("data"));
        Path backups = Files.createDirectory(data.resolve("backups"));
        Path backup = Files.writeString(backups.resolve("old.db"), "");
        Path script = Files.writeString(data.resolve("script"), "");
        Path outside = Files.writeString(parent.resolve("outside"), "");
        Files.createSymbolicLink(data.resolve("link"), outside);
        allow(data, "rwxr-xr-x");
        allow(backups, "rwxrwxrwx");
        allow(backup, "rw-rw-r--");
        allow(script, "rwxr-x--x");
        allow(outside, "rw-r--r--");

        assertThat(new DataFolder(data).data()).isEqualTo(data);

        assertThat(modes(data)).isEqualTo("rwx------");
        assertThat(modes(backups)).isEqualTo("rwx------");
        assertThat(modes(backup)).isEqualTo("rw-------");
        assertThat(modes(script)).isEqualTo("rwx------");
        assertThat(modes(outside)).isEqualTo("rw-r--r--");
    }

    @Test
    void folderBehindALinkIsTightened() throws IOException {
        Path data = Files.createDirectory(parent.resolve("elsewhere"));
        Path file = Files.writeString(data.resolve("file"), "");
        allow(data, "rwxr-xr-x");
        allow(file, "rw-r--r--");

        new DataFolder(Files.createSymbolicLink(parent.resolve("data"), data));

        assertThat(modes(data)).isEqualTo("rwx------");
        assertThat(modes(file)).isEqualTo("rw-------");
    }

    private static void allow(Path path, String modes) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
