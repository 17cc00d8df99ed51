package io.minimalcluster.client;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

/**
 * The bytes of a file as a part of a request. A regular file is read again at each attempt. A pipe or a device has no
 * length and is read once, as standard input is.
 */
record FileBody(BodyPublisher bytes, boolean once) {
    static FileBody of(Path file) throws FileNotFoundException {
        if (!Arguments.isReadOnce(file)) {
            return new FileBody(BodyPublishers.ofFile(file), false);
        }
        InputStream opened = new FileInputStream(file.toFile()); // closed by the publisher, at its end
        return new FileBody(BodyPublishers.ofInputStream(() -> opened), true);
    }
}
