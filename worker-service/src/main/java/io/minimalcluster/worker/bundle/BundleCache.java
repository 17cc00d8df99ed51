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

/** The bundles on disk, the longest unused going first. For many threads. */
public final class BundleCache {
    private final Path folder;
    private final Source source;
    private final BundleLimits limits;
    /** By last use, the oldest first; this map and the pins in it are guarded by its monitor. */
    private final Map<EnvironmentId, Bundle> bundles = new LinkedHashMap<>(16, 0.75f, true);

    /** Where bundles come from. */
    @FunctionalInterface
    public interface Source {
        /** Writes the bundle to a file that is not there yet, checked. */
        void fetch(EnvironmentId environment, Path file) throws MasterCallException, IOException, InterruptedException;
    }

    /** A cache in a folder that is there and nobody else's. */
    public BundleCache(Path folder, Source source, BundleLimits limits) {
        this.folder = folder;
        this.source = source;
        this.limits = limits;
    }

    /**
     * Gives the bundle of an environment, which stays until the pin is closed. Of many that ask at once one fetches it,
     * the others wait; where that one fails, the next tries.
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
            throw new IOException("an environment id that is none");
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
        for (Iterator<Bundle> each = bundles.values().iterator(); each.hasNext(); ) {
            Bundle oldest = each.next();
            if (oldest.pins == 0 && (bundles.size() > limits.count() || bytes > limits.bytes() || oldest.bytes == 0)) {
                bytes -= oldest.bytes;
                each.remove();
                oldest.delete();
            }
        }
    }

    /** The right to use a bundle; the file is not to be changed. */
    public static final class Pin implements AutoCloseable {
        private final BundleCache bundles;
        private final Bundle bundle;
        private boolean closed;

        private Pin(BundleCache bundles, Bundle bundle) {
            this.bundles = bundles;
            this.bundle = bundle;
        }

        /** The bundle. */
        public Path file() {
            return bundle.file;
        }

        /** The libraries that came in it, in the order of the class path. */
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

    /** One of them; without bytes until it is there. */
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
                    Files.deleteIfExists(file); // of one that was dropped and could not be deleted
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

        /** Then executors of other users can be given it without a copy; who may enter the folder is another matter. */
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
                file.toFile().deleteOnExit(); // Windows keeps a file that an executor still has open
            }
        }
    }
}
