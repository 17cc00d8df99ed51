package io.minimalcluster.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Gives Tomcat a folder that is the same at each start. Left to itself it makes new ones among the temporary files, and
 * who is killed leaves them for ever. Nothing here writes into it.
 */
public final class TomcatFolder implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final Path folder;

    public TomcatFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        Path documents = folder.resolve("documents");
        try {
            Files.createDirectories(documents);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " can't be made", e);
        }
        factory.setBaseDirectory(folder.toFile());
        factory.setDocumentRoot(documents.toFile());
    }
}
