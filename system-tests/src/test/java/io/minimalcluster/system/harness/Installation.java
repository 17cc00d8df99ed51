package io.minimalcluster.system.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the packaged programs are: in the folders that the build puts them in. */
public final class Installation {
    /** The folder of the whole project. */
    public static final Path HOME = Path.of("").toAbsolutePath().resolveSibling("");

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final List<String> FLAGS = List.of(
            "-XX:-UseBASE64Intrinsics", // as the launcher sets it
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m");

    private Installation() {}

    /** The command of a master, started as the launcher starts it. */
    public static List<String> master(List<String> settings) {
        return quick("master", settings);
    }

    /** The command of a worker, started as the launcher starts it. */
    public static List<String> worker(List<String> settings) {
        return quick("worker", settings);
    }

    /** The command of a master from the one jar that has all its libraries in it. */
    public static List<String> masterOfOneJar(List<String> settings) {
        return java(List.of(), "master-service/target/minimalcluster-master-exec.jar", settings);
    }

    /** The command of a worker from the one jar that has all its libraries in it. */
    public static List<String> workerOfOneJar(List<String> settings) {
        return java(List.of(), "worker-service/target/minimalcluster-worker-exec.jar", settings);
    }

    /** From a cache of its classes, which saves half of the start; where there is none it starts too. */
    private static List<String> quick(String service, List<String> settings) {
        ClassCacheTraining.onceForAll();
        String target = service + "-service/target/";
        Path cache = HOME.resolve(target + "minimalcluster-" + service + ".aot");
        List<String> caching = Files.exists(cache)
                ? List.of(
                        "-XX:AOTCache=" + cache,
                        "-Xlog:aot*=off,cds*=off",
                        "-Dtask-runtime.aot=" + HOME.resolve("worker-service/target/task-runtime.aot"))
                : List.of();
        return java(caching, target + "app/minimalcluster-" + service + "-app.jar", settings);
    }

    private static List<String> java(List<String> caching, String jar, List<String> settings) {
        Path path = HOME.resolve(jar);
        if (!Files.exists(path)) {
            throw new IllegalStateException(jar + " is not built: mvn package -DskipTests");
        }
        Stream<String> ofJava =
                Stream.of(List.of(JAVA.toString()), FLAGS, caching).flatMap(List::stream);
        List<String> command = new ArrayList<>(ofJava.toList());
        command.addAll(List.of("-jar", path.toString()));
        command.addAll(settings);
        return command;
    }
}
