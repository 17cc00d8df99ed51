package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.TaskRuntimeCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The request to start a JVM.
 *
 * @param jar the program, with its main class in the manifest; a file that all users may read
 * @param hasTaskState whether the JVM gets a task state file, whose path is its last argument
 * @param network whether the JVM has network access at an isolation level that blocks it by default
 * @param options JVM options beside the fixed ones
 */
public record LaunchRequest(
        Path jar,
        List<String> arguments,
        JvmLimits limits,
        boolean hasTaskState,
        boolean network,
        List<String> options) {
    public LaunchRequest {
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
    }

    /** Creates a request without additional JVM options. */
    public LaunchRequest(Path jar, List<String> arguments, JvmLimits limits, boolean hasTaskState, boolean network) {
        this(jar, arguments, limits, hasTaskState, network, List.of());
    }

    /** The class cache of the jar for its first argument, if there is one. */
    Optional<Path> classCache() {
        return arguments.stream()
                .limit(1)
                .map(kind -> TaskRuntimeCache.beside(jar, kind))
                .filter(Files::exists)
                .findAny();
    }
}
