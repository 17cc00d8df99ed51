package io.minimalcluster.chaos.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The resource usage of a process. Threads and descriptors are counted only on Linux. */
final class ResourceUsage {
    private ResourceUsage() {}

    static Map<String, Long> of(ChaosProcess process) {
        Path proc = Path.of("/proc", Long.toString(process.handle().pid()));
        long children = process.descendants().size();
        return Files.isDirectory(proc)
                ? Map.of(
                        "threads",
                        count(proc.resolve("task")),
                        "descriptors",
                        count(proc.resolve("fd")),
                        "children",
                        children)
                : Map.of("children", children);
    }

    private static long count(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            return 0; // the process has just exited
        }
    }
}
