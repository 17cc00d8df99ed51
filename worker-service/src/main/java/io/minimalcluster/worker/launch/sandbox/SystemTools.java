package io.minimalcluster.worker.launch.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the programs of the system that walls are built with. */
public final class SystemTools {
    /** Also where a service's path has no {@code sbin}. */
    private static final List<String> USUAL = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

    private final List<Path> folders;

    public SystemTools(Path... folders) {
        this.folders = List.of(folders);
    }

    public static SystemTools ofSystem() {
        String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new SystemTools(Stream.concat(Arrays.stream(searchPath.split(File.pathSeparator)), USUAL.stream())
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
