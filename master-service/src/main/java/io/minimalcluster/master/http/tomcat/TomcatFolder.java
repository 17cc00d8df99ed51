package io.minimalcluster.master.http.tomcat;

import io.minimalcluster.master.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Configures a fixed base directory for Tomcat. By default Tomcat creates a temporary directory at each start, and a
 * killed process leaves it behind. The directory stays empty.
 */
@Component
final class TomcatFolder implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final Path folder;

    TomcatFolder(DataFolder data) {
        this.folder = data.file("tomcat").toAbsolutePath();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        Path documents = folder.resolve("documents");
        try {
            Files.createDirectories(documents);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " can't be created", e);
        }
        factory.setBaseDirectory(folder.toFile());
        factory.setDocumentRoot(documents.toFile());
    }
}
