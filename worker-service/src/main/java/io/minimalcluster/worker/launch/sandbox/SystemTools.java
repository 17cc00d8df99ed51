package io.minimalcluster.worker.launch.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the system programs that implement isolation. */
public final class SystemTools {
    /** Searched in addition to {@code PATH}, which lacks {@code sbin} in some services. */
    private static final List<String> DEFAULT_FOLDERS =
            List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

    private final List<Path> folders;

    public SystemTools(Path... folders) {
        this.folders = List.of(folders);
    }

    public static SystemTools ofSystem() {
        String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new SystemTools(
                Stream.concat(Arrays.stream(searchPath.split(File.pathSeparator)), DEFAULT_FOLDERS.stream())
                        .filter(folder -> folder.startsWith("/"))
                        .map(Path::of)
                        .distinct()
                        .toArray(Path[]::new));
    }

    public Optional<String> find(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
