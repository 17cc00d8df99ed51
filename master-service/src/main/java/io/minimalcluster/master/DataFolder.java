package io.minimalcluster.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The folder that holds all that must outlive the process: the store and the keys.
 *
 * @param data made at the start where it is not there, for its owner alone
 */
@ConfigurationProperties("minimalcluster")
public record DataFolder(@DefaultValue("data") Path data) {
    public DataFolder {
        data = data.toAbsolutePath().normalize();
        try {
            createForOwner(data);
        } catch (IOException e) {
            throw new StartupException("the data folder " + data + " can't be made: " + e.getMessage());
        }
    }

    /** Makes a folder, where it is not there, that only its owner may look into. */
    public static void createForOwner(Path folder) throws IOException {
        Files.createDirectories(folder, ownerOnly(folder));
    }

    /** A file in it. */
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
