package io.minimalcluster.master.store.sqlite;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The folder of the driver's native library. The driver itself would copy the library to the folder of all users for
 * temporary files, compare the copy byte by byte, and leave it behind when the process is killed.
 */
final class NativeLibraryFolder {
    /** The driver loads the library from this folder if it is set. */
    private static final String LIBRARY = "org.sqlite.lib.path";

    /** The driver copies the library to this folder. */
    private static final String COPY = "org.sqlite.tmpdir";

    private NativeLibraryFolder() {}

    /**
     * Copies the library to a folder in the data folder, unless a property names another place. To be called with the
     * lock of the data folder held.
     */
    static void use(Path data) throws IOException {
        Path folder = data.resolve("native");
        Files.createDirectories(folder);
        removeCopiesOfDriver(folder);
        if (System.getProperty(LIBRARY) != null || System.getProperty(COPY) != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        try (InputStream library = open(name)) {
            if (library == null) { // the driver names the systems that it supports
                System.setProperty(COPY, folder.toString());
            } else {
                Files.copy(library, folder.resolve(name), REPLACE_EXISTING);
                System.setProperty(LIBRARY, folder.toString());
            }
        }
    }

    private static @Nullable InputStream open(String name) {
        return SQLiteJDBCLoader.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name);
    }

    private static void removeCopiesOfDriver(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }
}
