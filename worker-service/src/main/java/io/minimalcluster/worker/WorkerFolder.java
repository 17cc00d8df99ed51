package io.minimalcluster.worker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of this worker's alone, readable by nobody else; removed at its end, or by the next one that comes. */
final class WorkerFolder {
    private static final Pattern NAME = Pattern.compile("bundles-(\\d{1,18})-.*");

    private WorkerFolder() {}

    /** Makes one, and removes those whose process is no more. */
    static Path makeIn(Path parent) throws IOException {
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

    /** Removes one and its files; what can't be removed stays. */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
