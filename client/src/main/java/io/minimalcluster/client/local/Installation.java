package io.minimalcluster.client.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the packaged services and the JDK are.
 *
 * @param recording whether the services write down for a cache what they load, instead of using one
 */
public record Installation(Path home, Path java, boolean recording) {
    /** A cache that does not fit is left aside; that is no news to anybody. */
    private static final String QUIETLY = "-Xlog:aot*=off,cds*=off";

    /**
     * Leaves method profiles out of a cache: with them the second compiler takes twice the CPU time of the rest of a
     * start (docs/decisions/0023).
     */
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    /** What the launcher says, or this folder; the JDK is the one that runs this. */
    public static Installation current() {
        return new Installation(
                Path.of(System.getProperty("minimalcluster.home", "")).toAbsolutePath(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                false);
    }

    public Path example(String name) {
        return home.resolve("examples").resolve(name);
    }

    /** The same, with services that write down for a cache what they load: one of each kind at a time. */
    Installation thatRecords() {
        return new Installation(home, java, true);
    }

    /** Where a service writes its cache; it becomes the cache when it is whole. */
    Path recorded(ServiceKind service) {
        Path cache = service.cache(home);
        return cache.resolveSibling(cache.getFileName() + ".new");
    }

    /** Where the class cache of forked JVMs lies, those that compile and those that run tasks. */
    Path taskRuntimeCache() {
        return ServiceKind.WORKER.cache(home).resolveSibling("task-runtime.aot");
    }

    /** The command that writes that cache. */
    List<String> taskRuntimeTraining(Path cache) {
        return List.of(
                java.toString(),
                "-XX:-UseBASE64Intrinsics",
                "-cp",
                ServiceKind.WORKER.jar(home).toString(),
                "io.minimalcluster.worker.launch.TaskRuntimeTraining",
                cache.toString());
    }

    /** The command of a master with these settings. */
    public List<String> master(List<String> settings) {
        return command(ServiceKind.MASTER, settings);
    }

    /** The command of a worker with these settings. */
    public List<String> worker(List<String> settings) {
        return command(ServiceKind.WORKER, settings);
    }

    private List<String> command(ServiceKind service, List<String> settings) {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:-UseBASE64Intrinsics"));
        command.addAll(caching(service));
        if (Files.exists(taskRuntimeCache())) {
            command.add("-Dtask-runtime.aot=" + taskRuntimeCache());
        }
        words(System.getenv(service.optionsVariable())).forEach(command::add);
        command.addAll(List.of("-jar", service.jar(home).toString()));
        command.addAll(settings);
        return command;
    }

    private List<String> caching(ServiceKind service) {
        if (recording) {
            return List.of("-XX:AOTCacheOutput=" + recorded(service), FIRST_COMPILER, QUIETLY);
        }
        Path cache = service.cache(home);
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, QUIETLY) : List.of();
    }

    private static Stream<String> words(@Nullable String options) {
        return options == null ? Stream.of() : Stream.of(options.split("\\s+")).filter(word -> !word.isEmpty());
    }
}
