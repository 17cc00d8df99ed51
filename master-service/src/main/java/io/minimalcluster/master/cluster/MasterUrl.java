package io.minimalcluster.master.cluster;

import io.minimalcluster.master.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says where this master listens, in the log and in the file {@code master.url} of its data folder. */
@Component
public class MasterUrl {
    private static final Logger log = LoggerFactory.getLogger(MasterUrl.class);

    private final DataFolder folder;
    private final Environment environment;

    MasterUrl(DataFolder folder, Environment environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** Where it is reached from this machine. */
    public String local() {
        String scheme = environment.getProperty(
                        "server.ssl.enabled", Boolean.class, environment.containsProperty("server.ssl.bundle"))
                ? "https"
                : "http";
        String address = environment.getProperty("server.address", "127.0.0.1");
        boolean any = address.equals("0.0.0.0") || address.equals("::");
        String host = any ? "127.0.0.1" : address.contains(":") ? "[" + address + "]" : address;
        return scheme + "://" + host + ":" + environment.getRequiredProperty("local.server.port");
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() throws IOException {
        log.info("event=master.ready url={} data={}", local(), folder.data());
        Path written = folder.file("master.url.new");
        Files.writeString(written, local() + "\n");
        Files.move(
                written,
                folder.file("master.url"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
