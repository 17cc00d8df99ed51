package io.minimalcluster.master.store.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder to which the driver copies its native library, by default that of all users for temporary files. A killed
 * process leaves its copy behind.
 */
final class NativeLibraryFolder {
    private static final String PROPERTY = "org.sqlite.tmpdir";

    private NativeLibraryFolder() {}

    /** Uses a folder in the data folder, and clears it. To be called with the lock of the data folder held. */
    static void use(Path data) throws IOException {
        Path folder = data.resolve("native");
        Files.createDirectories(folder);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, folder.toString());
        }
    }
}
