package io.minimalcluster.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.CodeBlocks;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the Java blocks of documents as programs, with the cluster as the local one. */
@UseShared(Cluster.class)
class JavaExampleIT {
    @Test
    void javaExampleOfTheTutorialRuns(Cluster cluster) throws IOException {
        String example = """
                import io.minimalcluster.client.*;

                void main() throws Exception {
                %s}
                """.formatted(CodeBlocks.of("docs/tutorial.md", "java"));

        assertThat(run(cluster, Map.of("Example.java", example))).contains("[1, 4, 9]\n333332833333500000");
    }

    /** The further blocks of the guide use the function of the first, which is a whole program. */
    @Test
    void examplesOfTheClientGuideRun(Cluster cluster) throws IOException {
        List<String> blocks = CodeBlocks.each("docs/java-client.md", "java");
        String example = """
                import io.minimalcluster.client.Cluster;
                import io.minimalcluster.client.function.SerializableCallable;
                import io.minimalcluster.client.reduce.Reduction;
                import java.util.List;
                import java.util.Optional;
                import java.util.OptionalDouble;
                import java.util.concurrent.Future;

                class Example {
                    static long square(long x) {
                        return Squares.square(x);
                    }

                    public static void main(String[] args) throws Exception {
                        Squares.main(args);
                %s        try (var cluster = Cluster.connect()) {
                %s        }
                    }
                }
                """.formatted(blocks.get(1), blocks.get(2));

        assertThat(run(cluster, Map.of("Squares.java", blocks.get(0), "Example.java", example)))
                .contains("[1, 4, 9]\nOptional[36]\n4\n9\n");
    }

    /** Runs {@code Example.java}. */
    private static String run(Cluster cluster, Map<String, String> sources) throws IOException {
        try (Folder folder = Folder.create("java-example")) {
            Path data = folder.path(".minimalcluster/data");
            Files.createDirectories(data.getParent());
            Files.createSymbolicLink(data, cluster.master().data());
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Files.writeString(folder.path(source.getKey()), source.getValue());
            }
            return Command.run(
                    "env",
                    "HOME=" + folder.path("."),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", // for the compiler too, which runs in the same JVM
                    "-XX:+UseSerialGC",
                    "-cp",
                    Installation.HOME
                            .resolve("client/target/minimalcluster.jar")
                            .toString(),
                    folder.path("Example.java").toString());
        }
    }
}
