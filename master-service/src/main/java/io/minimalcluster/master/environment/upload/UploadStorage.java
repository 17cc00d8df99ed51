package io.minimalcluster.master.environment.upload;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.master.error.MasterException.InsufficientStorage;
import io.minimalcluster.master.store.DiskSpaceGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Temporary storage of posted files until they are in the store, one folder per call. Emptied at startup. */
@Component
public final class UploadStorage {
    private final Path folder;
    private final DiskSpaceGuard diskSpace;

    UploadStorage(DataFolder data, DiskSpaceGuard diskSpace) throws IOException {
        this.diskSpace = diskSpace;
        folder = data.file("uploads");
        FileSystemUtils.deleteRecursively(folder);
    }

    /**
     * Creates the folder of a call.
     *
     * @throws InsufficientStorage if the disk space is too low
     */
    public UploadFolder begin() throws IOException {
        diskSpace.check();
        Files.createDirectories(folder);
        return new UploadFolder(Files.createTempDirectory(folder, "environment"), diskSpace);
    }
}
