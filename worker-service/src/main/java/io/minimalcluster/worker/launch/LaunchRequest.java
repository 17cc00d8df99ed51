package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.TaskRuntimeCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request to start a JVM.
 *
 * @param jar the program, with its main class in the manifest; a file that all users may read
 * @param hasTaskState whether the JVM gets a task state file, whose path is its last argument
 * @param network whether the JVM has network access at an isolation level that blocks it by default
 * @param options JVM options beside the fixed ones
 * @param classCache the class cache of the program; null for none
 */
public record LaunchRequest(
        Path jar,
        List<String> arguments,
        JvmLimits limits,
        boolean hasTaskState,
        boolean network,
        List<String> options,
        @Nullable Path classCache) {
    public LaunchRequest {
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
    }

    /** Creates a request without additional JVM options. */
    public LaunchRequest(Path jar, List<String> arguments, JvmLimits limits, boolean hasTaskState, boolean network) {
        this(jar, arguments, limits, hasTaskState, network, List.of());
    }

    /** Creates a request with the class cache for the first argument, if it exists beside the jar. */
    public LaunchRequest(
            Path jar,
            List<String> arguments,
            JvmLimits limits,
            boolean hasTaskState,
            boolean network,
            List<String> options) {
        this(jar, arguments, limits, hasTaskState, network, options, cache(jar, arguments));
    }

    private static @Nullable Path cache(Path jar, List<String> arguments) {
        if (arguments.isEmpty()) {
            return null;
        }
        Path cache = TaskRuntimeCache.beside(jar, arguments.getFirst());
        return Files.exists(cache) ? cache : null;
    }
}
