package io.minimalcluster.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@UseShared(Cluster.class)
class JavaExampleIT {
    @Test
    void javaExampleOfTheTourRuns(Cluster cluster) throws IOException {
        try (Folder folder = Folder.create("java-example")) {
            Path data = folder.path(".minimalcluster/data");
            Files.createDirectories(data.getParent());
            Files.createSymbolicLink(data, cluster.master().data());
            Path example = Files.writeString(
                    folder.path("Example.java"), """
                    import io.minimalcluster.client.*;

                    void main() throws Exception {
                    %s}
                    """.formatted(CodeBlocks.of("docs/tour.md", "java")));

            String output = Command.run(
                    "env",
                    "HOME=" + folder.path("."),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    Installation.HOME
                            .resolve("client/target/minimalcluster.jar")
                            .toString(),
                    example.toString());

            assertThat(output).contains("[1, 4, 9]\n333332833333500000");
        }
    }
}
