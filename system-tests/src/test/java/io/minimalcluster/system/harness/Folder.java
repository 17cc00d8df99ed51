package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of a test's own that is gone when it is closed. */
public final class Folder implements AutoCloseable {
    private final Path path;

    private Folder(Path path) {
        this.path = path;
    }

    public static Folder create(String name) {
        try {
            return new Folder(Files.createTempDirectory("minimalcluster-test-" + name + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file in it. */
    public Path path(String name) {
        return path.resolve(name).normalize();
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // a process that is on its way out may still write there, and what stays is in the system's own folder
        }
    }
}
