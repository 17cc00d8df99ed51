package io.minimalcluster.master.environment;

import io.minimalcluster.master.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Where posted files are until they are in the store, each call's in a folder of its own; empty at the start. */
@Component
final class Uploads {
    private final Path folder;

    Uploads(DataFolder data) throws IOException {
        folder = data.file("uploads");
        FileSystemUtils.deleteRecursively(folder);
    }

    Upload begin() throws IOException {
        Files.createDirectories(folder);
        return new Upload(Files.createTempDirectory(folder, "environment"));
    }
}
