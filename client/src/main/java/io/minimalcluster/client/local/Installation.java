package io.minimalcluster.client.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the packaged services and the JDK are. */
public record Installation(Path home, Path java) {
    /** What the launcher says, or this folder; the JDK is the one that runs this. */
    public static Installation current() {
        return new Installation(
                Path.of(System.getProperty("minimalcluster.home", "")).toAbsolutePath(),
                Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    public Path example(String name) {
        return home.resolve("examples").resolve(name);
    }

    List<String> master(List<String> settings) {
        return command(
                home.resolve("master-service/target/minimalcluster-master-exec.jar"),
                System.getenv("MINIMALCLUSTER_MASTER_OPTS"),
                settings);
    }

    List<String> worker(List<String> settings) {
        return command(
                home.resolve("worker-service/target/minimalcluster-worker-exec.jar"),
                System.getenv("MINIMALCLUSTER_WORKER_OPTS"),
                settings);
    }

    private List<String> command(Path jar, @Nullable String options, List<String> settings) {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:-UseBASE64Intrinsics"));
        if (options != null) {
            Stream.of(options.split("\\s+")).filter(word -> !word.isEmpty()).forEach(command::add);
        }
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(settings);
        return command;
    }
}
