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
            Path key = folder.path(".minimalcluster/data/authkey");
            Files.createDirectories(key.getParent());
            Files.copy(cluster.master().data().resolve("authkey"), key);
            Path example = Files.writeString(folder.path("Example.java"), """
                    import io.minimalcluster.client.*;
                    import io.minimalcluster.model.environment.Environment;
                    import io.minimalcluster.model.job.Job;
                    import java.nio.file.Path;

                    void main() throws Exception {
                    %s}
                    """.formatted(CodeBlocks.of(
                            "docs/tour.md", "java")
                    .replace("http://localhost:8080", cluster.master().url().toString())));

            String output = Command.run(
                    "env",
                    "HOME=" + folder.path("."),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    Installation.HOME
                            .resolve("client/target/minimalcluster.jar")
                            .toString(),
                    example.toString());

            assertThat(output).contains("333332833333500000");
        }
    }
}
