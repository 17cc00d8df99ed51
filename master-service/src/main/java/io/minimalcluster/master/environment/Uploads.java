package io.minimalcluster.master.environment;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.master.problem.MasterException.InsufficientStorage;
import io.minimalcluster.master.store.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Where posted files are until they are in the store, each call's in a folder of its own; empty at the start. */
@Component
final class Uploads {
    private final Path folder;
    private final Room room;

    Uploads(DataFolder data, Room room) throws IOException {
        this.room = room;
        folder = data.file("uploads");
        FileSystemUtils.deleteRecursively(folder);
    }

    /**
     * Makes a folder for the files of a call.
     *
     * @throws InsufficientStorage if there is no room for anything new
     */
    Upload begin() throws IOException {
        room.check();
        Files.createDirectories(folder);
        return new Upload(Files.createTempDirectory(folder, "environment"), room);
    }
}
