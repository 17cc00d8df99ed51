package io.minimalcluster.master.store;

import io.minimalcluster.master.maintenance.MaintenanceTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/** Checks every second the free disk space and whether the file system is writable. */
public final class DiskSpaceMonitor implements MaintenanceTask {
    private static final Logger log = LoggerFactory.getLogger(DiskSpaceMonitor.class);

    private final DiskSpaceGuard diskSpace;
    private final Path folder;
    private final ApplicationEventPublisher events;

    public DiskSpaceMonitor(DiskSpaceGuard diskSpace, Path folder, ApplicationEventPublisher events) {
        this.diskSpace = diskSpace;
        this.folder = folder;
        this.events = events;
    }

    /** A short-lived master needs no reserve. */
    @Override
    public Duration initialDelay() {
        return Duration.ofSeconds(3);
    }

    @Override
    public void tick() {
        try {
            if (Files.getFileStore(folder).isReadOnly()) {
                events.publishEvent(new StoreFailedEvent("the file system of " + folder + " is read-only"));
            } else {
                diskSpace.look();
            }
        } catch (IOException e) {
            log.warn("event=disk.unreadable folder={} reason=\"{}\"", folder, e.toString());
        }
    }
}
