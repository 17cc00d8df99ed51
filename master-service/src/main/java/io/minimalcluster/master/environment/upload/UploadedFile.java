package io.minimalcluster.master.environment.upload;

import io.minimalcluster.model.environment.PostedFile;
import java.nio.file.Path;

/**
 * A library or a resource on its way into an environment.
 *
 * @param name the path it was posted under, whatever that is
 * @param file where it is for now
 * @param crc what an archive that has it says of it
 */
public record UploadedFile(String name, Path file, long bytes, String sha256, long crc) {
    PostedFile described() {
        return new PostedFile(name, bytes, sha256);
    }
}
