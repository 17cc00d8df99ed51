package io.minimalcluster.worker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The bundle folder of this process, readable by its user only. It is removed at shutdown, or by the next worker after
 * a crash.
 */
final class WorkerFolder {
    private static final Pattern NAME = Pattern.compile("bundles-(\\d{1,18})-.*");

    private WorkerFolder() {}

    /** Creates the folder, and removes folders of processes that have ended. */
    static Path createIn(Path parent) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, "bundles-*")) {
            for (Path other : others) {
                if (isAbandoned(other)) {
                    remove(other);
                }
            }
        }
        return Files.createTempDirectory(
                parent, "bundles-" + ProcessHandle.current().pid() + "-");
    }

    private static boolean isAbandoned(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        Optional<ProcessHandle> owner =
                name.matches() ? ProcessHandle.of(Long.parseLong(name.group(1))) : Optional.empty();
        return name.matches() && owner.isEmpty();
    }

    /**
     * Removes a folder and its files. Workers that start at the same time may remove the same folder.
     *
     * @throws IOException if a file cannot be removed
     */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException _) {
            return;
        }
        Files.deleteIfExists(folder);
    }
}
