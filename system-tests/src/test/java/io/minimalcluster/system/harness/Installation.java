package io.minimalcluster.system.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of the packaged services, in the folders of the build. */
public final class Installation {
    /** The root folder of the project. */
    public static final Path HOME = Path.of("").toAbsolutePath().resolveSibling("");

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final List<String> LAUNCHER_FLAGS =
            List.of("-XX:-UseBASE64Intrinsics", "-XX:+ExitOnOutOfMemoryError");
    private static final String HEAP = "-Xmx256m";
    private static final List<String> FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.3", "-XX:+UseSerialGC", HEAP);
    private static final List<String> CLIENT_FLAGS = List.of(
            "-XX:-UseBASE64Intrinsics",
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=10",
            "-XX:+UseSerialGC",
            "-Xlog:disable");

    private Installation() {}

    /** The command line of a master, as the launcher starts it. */
    public static List<String> master(List<String> settings) {
        return withClassCache("master", settings);
    }

    /** The command line of a worker, as the launcher starts it. */
    public static List<String> worker(List<String> settings) {
        return withClassCache("worker", settings);
    }

    /** The command line of the client, as the launcher starts it. */
    public static List<String> client(List<String> arguments) {
        Path cache = HOME.resolve("client/target/minimalcluster.aot");
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(CLIENT_FLAGS);
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(
                List.of("-jar", HOME.resolve("client/target/minimalcluster.jar").toString()));
        command.addAll(arguments);
        return command;
    }

    /** The environment variables that give services of the launcher the heap of the other services. */
    public static List<String> launcherVariables() {
        return List.of("MINIMALCLUSTER_MASTER_OPTS=" + HEAP, "MINIMALCLUSTER_WORKER_OPTS=" + HEAP);
    }

    /** The command line of a master from the executable jar with all libraries. */
    public static List<String> masterOfOneJar(List<String> settings) {
        return java(List.of(), "master-service/target/minimalcluster-master-exec.jar", settings);
    }

    /** The command line of a worker from the executable jar with all libraries. */
    public static List<String> workerOfOneJar(List<String> settings) {
        return java(List.of(), "worker-service/target/minimalcluster-worker-exec.jar", settings);
    }

    /** The command line of a service with its class cache, if it exists, which halves the start time. */
    private static List<String> withClassCache(String service, List<String> settings) {
        ClassCacheTraining.onceForAll();
        String target = service + "-service/target/";
        Path cache = HOME.resolve(target + "minimalcluster-" + service + ".aot");
        List<String> cacheOptions = Files.exists(cache)
                ? List.of(
                        "-XX:AOTCache=" + cache,
                        "-Xlog:aot*=off,cds*=off",
                        "-Dtask-runtime.caches=" + HOME.resolve("worker-service/target/class-caches"))
                : List.of();
        return java(cacheOptions, target + "app/minimalcluster-" + service + "-app.jar", settings);
    }

    private static List<String> java(List<String> cacheOptions, String jar, List<String> settings) {
        Path path = HOME.resolve(jar);
        if (!Files.exists(path)) {
            throw new IllegalStateException(jar + " is not built: mvn package -DskipTests");
        }
        Stream<String> javaCommand = Stream.of(List.of(JAVA.toString()), LAUNCHER_FLAGS, FLAGS, cacheOptions)
                .flatMap(List::stream);
        List<String> command = new ArrayList<>(javaCommand.toList());
        command.addAll(List.of("-jar", path.toString()));
        command.addAll(settings);
        return command;
    }
}
