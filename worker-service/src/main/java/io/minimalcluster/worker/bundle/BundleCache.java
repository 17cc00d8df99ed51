package io.minimalcluster.worker.bundle;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.worker.master.MasterCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** An LRU cache of bundles on disk. Thread-safe. */
public final class BundleCache {
    private final Path folder;
    private final Source source;
    private final BundleLimits limits;
    /** Least recently used first. The map and the pin counts are guarded by its monitor. */
    private final Map<EnvironmentId, Bundle> bundles = new LinkedHashMap<>(16, 0.75f, true);

    /** Downloads bundles. */
    @FunctionalInterface
    public interface Source {
        /** Downloads the bundle to a file that does not exist yet, and checks its digest. */
        void fetch(EnvironmentId environment, Path file) throws MasterCallException, IOException, InterruptedException;
    }

    /** Creates a cache in an existing folder that no other process uses. */
    public BundleCache(Path folder, Source source, BundleLimits limits) {
        this.folder = folder;
        this.source = source;
        this.limits = limits;
    }

    /**
     * Returns the bundle of an environment, which is not evicted until the pin is closed. Of concurrent callers one
     * downloads it and the others wait. If the download fails, the next caller tries.
     */
    public Pin pin(EnvironmentId environment) throws MasterCallException, IOException, InterruptedException {
        Bundle bundle = use(environment);
        boolean ready = false;
        try {
            bundle.fetchOnce(source);
            ready = true;
            return new Pin(this, bundle);
        } finally {
            if (!ready) {
                release(bundle);
            }
        }
    }

    private Bundle use(EnvironmentId environment) throws IOException {
        if (!environment.value().matches("[A-Za-z0-9_-]{1,128}")) {
            throw new IOException("a malformed environment id");
        }
        synchronized (bundles) {
            Bundle bundle =
                    bundles.computeIfAbsent(environment, id -> new Bundle(id, folder.resolve(id.value() + ".jar")));
            bundle.pins++;
            return bundle;
        }
    }

    private void release(Bundle bundle) {
        synchronized (bundles) {
            bundle.pins--;
            evict();
        }
    }

    private void evict() {
        long bytes = bundles.values().stream().mapToLong(bundle -> bundle.bytes).sum();
        for (Iterator<Bundle> iterator = bundles.values().iterator(); iterator.hasNext(); ) {
            Bundle oldest = iterator.next();
            if (oldest.pins == 0 && (bundles.size() > limits.count() || bytes > limits.bytes() || oldest.bytes == 0)) {
                bytes -= oldest.bytes;
                iterator.remove();
                oldest.delete();
            }
        }
    }

    /** A reference to a bundle that prevents its eviction. Its files are read-only. */
    public static final class Pin implements AutoCloseable {
        private final BundleCache bundles;
        private final Bundle bundle;
        private boolean closed;

        private Pin(BundleCache bundles, Bundle bundle) {
            this.bundles = bundles;
            this.bundle = bundle;
        }

        /** The file of the bundle. */
        public Path file() {
            return bundle.file;
        }

        /** The libraries of the bundle, in class path order. */
        public List<Path> libraries() {
            return bundle.libraries;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                bundles.release(bundle);
            }
        }
    }

    /** A cached bundle. Its size is 0 until the download has completed. */
    private static final class Bundle {
        private final EnvironmentId environment;
        private final Path file;
        private final ReentrantLock fetching = new ReentrantLock();
        private volatile List<Path> libraries = List.of();
        private volatile long bytes;
        private int pins;

        Bundle(EnvironmentId environment, Path file) {
            this.environment = environment;
            this.file = file;
        }

        void fetchOnce(Source source) throws MasterCallException, IOException, InterruptedException {
            fetching.lockInterruptibly();
            try {
                if (bytes == 0) {
                    Files.deleteIfExists(file); // an evicted bundle may have stayed on disk
                    source.fetch(environment, file);
                    List<Path> unpacked = UnpackedLibraries.of(file);
                    libraries = unpacked;
                    long length = makeReadable(file);
                    for (Path library : unpacked) {
                        length += makeReadable(library);
                    }
                    bytes = length;
                }
            } finally {
                fetching.unlock();
            }
        }

        /**
         * Makes a file readable by all users, so that executors under other user ids need no copy. The permissions of
         * the folder restrict access further.
         */
        private static long makeReadable(Path file) throws IOException {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
            }
            return Files.size(file);
        }

        void delete() {
            UnpackedLibraries.delete(libraries);
            try {
                Files.deleteIfExists(file);
            } catch (IOException _) {
                file.toFile().deleteOnExit(); // on Windows an open file cannot be deleted
            }
        }
    }
}
