package io.minimalcluster.client.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The locations of the packaged services and the JDK.
 *
 * @param recording whether services record a class cache instead of using one
 */
public record Installation(Path home, Path java, boolean recording) {
    /** Suppresses warnings about a class cache that does not match the JDK or the jar. */
    private static final String NO_CACHE_WARNINGS = "-Xlog:aot*=off,cds*=off";

    /**
     * Excludes method profiles from a class cache. With them, the JVM compiles at once what was hot in the training.
     */
    private static final List<String> NO_PROFILES = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    private static final String C1_ONLY = "-XX:TieredStopAtLevel=1";
    private static final String COMPILE_EARLY = "-XX:CompileThresholdScaling=0.3";
    private static final List<String> JVM_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w*GC");

    /** The installation that the launcher passes, by default the working directory, with the JDK of this process. */
    public static Installation current() {
        return new Installation(
                Path.of(System.getProperty("minimalcluster.home", "")).toAbsolutePath(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                false);
    }

    public Path example(String name) {
        return home.resolve("examples").resolve(name);
    }

    /** A copy whose services record class caches. Only one service of each kind may run at a time. */
    Installation withRecording() {
        return new Installation(home, java, true);
    }

    /** The temporary file of a class cache during recording. */
    Path recorded(ServiceKind service) {
        Path cache = service.cache(home);
        return cache.resolveSibling(cache.getFileName() + ".new");
    }

    /** The folder with the class caches of the forked JVMs: compilers and executors. */
    private Path taskRuntimeCaches() {
        return ServiceKind.WORKER.cache(home).resolveSibling("class-caches");
    }

    /** The command that records the class caches of forked JVMs. */
    List<String> taskRuntimeTraining() {
        return List.of(
                java.toString(),
                "-XX:-UseBASE64Intrinsics",
                "-cp",
                ServiceKind.WORKER.jar(home).toString(),
                "io.minimalcluster.worker.launch.TaskRuntimeTraining",
                taskRuntimeCaches().toString());
    }

    /** The class cache of the command line. */
    Path clientCache() {
        return home.resolve("client").resolve("target").resolve("minimalcluster.aot");
    }

    /** The command that records the class cache of the command line on a running cluster. */
    List<String> clientTraining(Path cache, List<String> masterOptions) {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:-UseBASE64Intrinsics", C1_ONLY));
        command.addAll(collector(List.of())); // as the launcher, because a cache matches one collector
        command.addAll(recordTo(cache));
        command.addAll(List.of(
                "-Dminimalcluster.home=" + home,
                "-cp",
                clientCache().resolveSibling("minimalcluster.jar").toString(),
                "io.minimalcluster.client.cli.CommandLineTraining"));
        command.addAll(masterOptions);
        return command;
    }

    /** The command line of a master with these settings. */
    public List<String> master(List<String> settings) {
        return command(ServiceKind.MASTER, settings);
    }

    /** The command line of a worker with these settings. */
    public List<String> worker(List<String> settings) {
        return command(ServiceKind.WORKER, settings);
    }

    private List<String> command(ServiceKind service, List<String> settings) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(), "-XX:-UseBASE64Intrinsics", "-XX:+ExitOnOutOfMemoryError", C1_ONLY, COMPILE_EARLY));
        command.addAll(cacheOptions(service));
        if (Files.exists(taskRuntimeCaches())) {
            command.add("-Dtask-runtime.caches=" + taskRuntimeCaches());
        }
        List<String> options = words(System.getenv(service.optionsVariable()));
        command.addAll(collector(options));
        command.addAll(options);
        command.addAll(List.of("-jar", service.jar(home).toString()));
        command.addAll(settings);
        return command;
    }

    /** The serial collector, unless the options or the environment name one. A JVM accepts one collector. */
    private static List<String> collector(List<String> options) {
        Stream<String> ofEnvironment = JVM_VARIABLES.stream().flatMap(name -> words(System.getenv(name)).stream());
        boolean isNamed = Stream.concat(options.stream(), ofEnvironment).anyMatch(COLLECTOR.asMatchPredicate());
        return isNamed ? List.of() : List.of("-XX:+UseSerialGC");
    }

    private List<String> cacheOptions(ServiceKind service) {
        if (recording) {
            return recordTo(recorded(service));
        }
        Path cache = service.cache(home);
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, NO_CACHE_WARNINGS) : List.of();
    }

    private static List<String> recordTo(Path cache) {
        List<String> options = new ArrayList<>(NO_PROFILES);
        options.addAll(List.of("-XX:AOTCacheOutput=" + cache, NO_CACHE_WARNINGS));
        return options;
    }

    private static List<String> words(@Nullable String options) {
        return options == null
                ? List.of()
                : Stream.of(options.split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }
}
