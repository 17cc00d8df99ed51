package io.minimalcluster.system.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    public static List<String> master(List<String> settings) {
        return java("master-service/target/minimalcluster-master-exec.jar", settings);
    }

    public static List<String> worker(List<String> settings) {
        return java("worker-service/target/minimalcluster-worker-exec.jar", settings);
    }

    /** The command line of the client. */
    public static List<String> client(String... arguments) {
        return java("client/target/minimalcluster.jar", List.of(arguments));
    }

    private static List<String> java(String jar, List<String> arguments) {
        Path path = HOME.resolve(jar);
        if (!Files.exists(path)) {
            throw new IllegalStateException(jar + " is not built: mvn package -DskipTests");
        }
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(FLAGS);
        command.addAll(List.of("-jar", path.toString()));
        command.addAll(arguments);
        return command;
    }
}
