package io.minimalcluster.master.http.budget;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.limit.SharedBudget;
import io.minimalcluster.master.store.DiskSpaceGuard;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Memory and disk space of all responses together. The number of responses that are built at a time is limited, so that
 * their blocks fit into the heap. Unsent bytes are kept in memory up to a share of the heap, above it in temporary
 * files.
 */
@Component
final class ResponseMemory {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration BUILD_TIMEOUT = Duration.ofSeconds(20);
    private static final double SHARE_OF_HEAP = 0.15;
    private static final long HEAP_OF_A_BUILD = 64L << 20; // a block with its longest value, and its copies
    private static final int KIBIBYTE = 1024;
    private static final long FILE_KIBIBYTES = 1L << 20;

    private final Path folder;
    private final BooleanSupplier isDiskLow;
    private final SharedBudget builds;
    private final SharedBudget kibibytes;
    private final SharedBudget fileKibibytes = new SharedBudget(FILE_KIBIBYTES, FILE_KIBIBYTES / 2, 0);

    @Autowired
    ResponseMemory(DataFolder data, DiskSpaceGuard disk) throws IOException {
        this(data.file("responses"), Runtime.getRuntime().maxMemory(), disk::isLow);
        FileSystemUtils.deleteRecursively(folder); // left by a killed process
    }

    /** @param isDiskLow whether the disk has no room for temporary files */
    ResponseMemory(Path folder, long heap, BooleanSupplier isDiskLow) {
        this.folder = folder;
        this.isDiskLow = isDiskLow;
        long concurrent = Math.max(3, Math.min(heap / HEAP_OF_A_BUILD, 64));
        this.builds = new SharedBudget(concurrent, Math.max(1, concurrent / 2), 1);
        long unsent = (long) (heap * SHARE_OF_HEAP) / KIBIBYTE;
        this.kibibytes = new SharedBudget(unsent, unsent / 3, unsent / 3);
    }

    /** Waits until the response may be built, and must be followed by {@link #endBuild}. */
    void beginBuild(String owner) {
        try {
            if (!builds.tryAcquire(owner, 1, BUILD_TIMEOUT)) {
                throw new Unavailable("Too many large responses are requested at once.", RETRY_AFTER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The master is shutting down.", RETRY_AFTER, e);
        }
    }

    void endBuild(String owner) {
        builds.release(owner, 1);
    }

    /** Whether there is memory for unsent bytes of a response. */
    boolean tryHold(String owner, int bytes) {
        return kibibytes.tryAcquire(owner, bytes / KIBIBYTE);
    }

    void release(String owner, int bytes) {
        kibibytes.release(owner, bytes / KIBIBYTE);
    }

    /** Takes space in temporary files. */
    void takeFile(String owner, int bytes) {
        if (isDiskLow.getAsBoolean()) {
            throw new Unavailable("The disk of the master has no room for large responses.", RETRY_AFTER);
        }
        if (!fileKibibytes.tryAcquire(owner, bytes / KIBIBYTE)) {
            throw new Unavailable("Too many large responses are not read by their clients.", RETRY_AFTER);
        }
    }

    void releaseFile(String owner, long bytes) {
        fileKibibytes.release(owner, bytes / KIBIBYTE);
    }

    /** Creates a temporary file, which is deleted when it is closed. */
    FileChannel newFile() throws IOException {
        DataFolder.createForOwner(folder);
        Path file = Files.createTempFile(folder, "response", "");
        return FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }
}
