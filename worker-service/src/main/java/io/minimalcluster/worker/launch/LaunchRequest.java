package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.TaskRuntimeCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A JVM to start.
 *
 * @param jar its whole class path, a file that everybody may read
 * @param marked whether it gets a file of start marks, whose path is then its last argument
 * @param network whether it may reach others, where the level of isolation stops that
 * @param options of the JVM, beside those that every child gets
 */
public record LaunchRequest(
        Path jar,
        String mainClass,
        List<String> arguments,
        JvmLimits limits,
        boolean marked,
        boolean network,
        List<String> options) {
    public LaunchRequest {
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
    }

    /** Without options of its own. */
    public LaunchRequest(
            Path jar, String mainClass, List<String> arguments, JvmLimits limits, boolean marked, boolean network) {
        this(jar, mainClass, arguments, limits, marked, network, List.of());
    }

    boolean hasClassCache() {
        return Files.exists(TaskRuntimeCache.beside(jar));
    }
}
