package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A wall clock that a test sets for a process. The monotonic clock of the process is not affected. */
public final class FakeClock implements AutoCloseable {
    private static final String LIBRARY = "libfaketime.so.1";
    private static final List<Path> ROOTS =
            List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

    private final Folder folder;

    private FakeClock(Folder folder) {
        this.folder = folder;
    }

    /** Creates a clock with the correct time. */
    public static FakeClock create() {
        FakeClock clock = new FakeClock(Folder.create("clock"));
        clock.jump("+0");
        return clock;
    }

    /** Sets the offset from the correct time, such as {@code +1h} or {@code -1d}. */
    public void jump(String offset) {
        try {
            Path next = Files.writeString(folder.path("next"), offset + "\n");
            Files.move(next, folder.path("offset"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command prefix that gives a process this clock. */
    public List<String> prefix() {
        return List.of(
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + folder.path("offset"),
                "FAKETIME_NO_CACHE=1",
                "DONT_FAKE_MONOTONIC=1");
    }

    private static Path library() {
        for (Path root : ROOTS) {
            try (Stream<Path> found = Files.find(root, 3, (file, _) -> file.endsWith(LIBRARY))) {
                Optional<Path> library = found.findFirst();
                if (library.isPresent()) {
                    return library.get();
                }
            } catch (IOException | UncheckedIOException e) {
                // the folder is missing or unreadable
            }
        }
        throw new IllegalStateException("no " + LIBRARY + ": apt-get install faketime");
    }

    @Override
    public void close() {
        folder.close();
    }
}
