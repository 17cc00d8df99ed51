package io.minimalcluster.chaos.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** What a process holds, as Linux tells it; elsewhere its children alone are counted. */
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
            return 0; // it has just ended, which others notice
        }
    }
}
