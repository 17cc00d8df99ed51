package io.minimalcluster.master.environment.upload;

import io.minimalcluster.model.environment.PostedFile;
import java.nio.file.Path;

/**
 * An uploaded library or resource.
 *
 * @param name posted path, not validated
 * @param file temporary file
 * @param crc CRC-32, for the entry in the bundle
 */
public record UploadedFile(String name, Path file, long bytes, String sha256, long crc) {
    PostedFile described() {
        return new PostedFile(name, bytes, sha256);
    }
}
