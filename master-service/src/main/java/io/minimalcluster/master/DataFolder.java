package io.minimalcluster.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The folder with the persistent data of a master: the store and the keys.
 *
 * @param data created at startup if absent; other users lose their access to it
 */
@ConfigurationProperties("minimalcluster")
public record DataFolder(@DefaultValue("data") Path data) {
    public DataFolder {
        data = data.toAbsolutePath().normalize();
        try {
            createForOwner(data);
            OwnerOnlyFolder.tighten(data);
        } catch (IOException e) {
            throw new StartupException("the data folder " + data + " can't be used: " + e.getMessage());
        }
    }

    /** Creates a folder with access for its owner only, unless it exists. */
    public static void createForOwner(Path folder) throws IOException {
        Files.createDirectories(folder, ownerOnly(folder));
    }

    /** Path of a file in the data folder. */
    public Path file(String name) {
        return data.resolve(name);
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
