package io.minimalcluster.master.cluster;

import io.minimalcluster.master.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The URL of this master. Writes it to the log and to the file {@code master.url} of the data folder. */
@Component
public class MasterUrl {
    private static final Logger log = LoggerFactory.getLogger(MasterUrl.class);

    private final DataFolder folder;
    private final ServerProperties server;
    private final Environment environment;

    MasterUrl(DataFolder folder, ServerProperties server, Environment environment) {
        this.folder = folder;
        this.server = server;
        this.environment = environment;
    }

    /** The URL for clients on this machine. */
    public String local() {
        String scheme = Ssl.isEnabled(server.getSsl()) ? "https" : "http";
        String address = environment.getProperty("server.address", "127.0.0.1");
        boolean any = address.equals("0.0.0.0") || address.equals("::");
        String host = any ? "127.0.0.1" : address.contains(":") ? "[" + address + "]" : address;
        return scheme + "://" + host + ":" + environment.getRequiredProperty("local.server.port")
                + environment.getProperty("server.servlet.context-path", "").replaceFirst("/$", "");
    }

    @EventListener(ApplicationReadyEvent.class)
    void publish() throws IOException {
        log.info("event=master.ready url={} data={}", local(), folder.data());
        Path temporaryFile = folder.file("master.url.new");
        Files.writeString(temporaryFile, local() + "\n");
        Files.move(
                temporaryFile,
                folder.file("master.url"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
