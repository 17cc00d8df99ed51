package io.minimalcluster.master.backup;

import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.cluster.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Endpoint that creates a consistent backup of the store, one at a time, without blocking writes. */
@RestController
class BackupController {
    private static final Logger log = LoggerFactory.getLogger(BackupController.class);
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Store store;
    private final BackupFolder folder;
    private final BackupSettings settings;
    private final InstantSource clock;
    private final Semaphore one = new Semaphore(1);

    BackupController(Store store, BackupFolder folder, BackupSettings settings, InstantSource clock) {
        this.store = store;
        this.folder = folder;
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws Conflict if another backup is running */
    @PostMapping("/api/v1/cluster/backup")
    @ResponseStatus(HttpStatus.CREATED)
    Backup make() throws IOException {
        if (!one.tryAcquire()) {
            throw new Conflict("Another backup is running.", "RUNNING");
        }
        try {
            return copy(clock.instant());
        } finally {
            one.release();
        }
    }

    private Backup copy(Instant at) throws IOException {
        long start = System.nanoTime();
        Path part = folder.begin();
        store.copyInto(part);
        Path file = folder.finish(part, at);
        folder.keepNewest(settings.keep());
        Backup backup = new Backup(file.toString(), Files.size(file), (System.nanoTime() - start) / SECOND, at);
        log.info("event=backup.created file={} bytes={} seconds={}", file, backup.bytes(), backup.seconds());
        return backup;
    }
}
