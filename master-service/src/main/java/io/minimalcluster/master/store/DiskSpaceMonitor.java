package io.minimalcluster.master.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Checks every second the free disk space and whether the file system is writable. */
public final class DiskSpaceMonitor {
    private static final Logger log = LoggerFactory.getLogger(DiskSpaceMonitor.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Delay of the first check: a short-lived master needs no reserve. */
    private static final Duration INITIAL_DELAY = Duration.ofSeconds(3);

    private final DiskSpaceGuard diskSpace;
    private final Path folder;
    private final ApplicationEventPublisher events;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("disk-space-monitor").daemon().factory());

    public DiskSpaceMonitor(DiskSpaceGuard diskSpace, Path folder, ApplicationEventPublisher events) {
        this.diskSpace = diskSpace;
        this.folder = folder;
        this.events = events;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var _ = thread.scheduleWithFixedDelay(
                this::check, INITIAL_DELAY.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        try {
            if (Files.getFileStore(folder).isReadOnly()) {
                events.publishEvent(new StoreFailedEvent("the file system of " + folder + " is read-only"));
            } else {
                diskSpace.look();
            }
        } catch (IOException | RuntimeException e) { // an exception would cancel the schedule
            log.warn("event=disk.unreadable folder={} reason=\"{}\"", folder, e.toString());
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdownNow();
    }
}
