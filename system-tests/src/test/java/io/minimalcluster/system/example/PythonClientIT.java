package io.minimalcluster.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.CodeBlocks;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the tests of the Python client, and the examples of its documents. */
@UseShared(value = Cluster.class, cluster = 2)
class PythonClientIT {
    private static final Path CLIENT = Installation.HOME.resolve("clients/python");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** Runs Python in the folder of the project and returns the output. */
    private static String python(Path folder, List<String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH=" + CLIENT));
        command.addAll(variables);
        command.addAll(List.of("sh", "-c", "cd '" + Installation.HOME + "' && exec python3 \"$@\"", "python"));
        command.addAll(List.of(arguments));
        try (Program program = Program.start("python", command, folder)) {
            assertThat(program.exitCode(TIMEOUT)).as(program.tail()).isZero();
            return program.output();
        }
    }

    @Test
    void unitTestsOfTheClientPass(Cluster cluster) {
        try (Folder folder = Folder.create("python-tests")) {
            String output = python(
                    folder.path("."),
                    List.of(
                            "MINIMALCLUSTER_URL=" + cluster.master().url(),
                            "MINIMALCLUSTER_AUTHKEY=" + cluster.master().read("authkey")),
                    "-m",
                    "unittest",
                    "discover",
                    "--start-directory",
                    CLIENT.toString());

            assertThat(output)
                    .containsPattern("Ran [2-9]\\d tests")
                    .contains("OK")
                    .doesNotContain("skipped");
        }
    }

    @Test
    void threeExamplesOfTheOriginalRun(Cluster cluster) throws IOException {
        assertThat(runExamples(cluster, "docs/from-minimalcluster.md").lines())
                .satisfiesExactly(
                        pi -> assertThat(Double.parseDouble(pi)).isBetween(3.1, 3.18),
                        factors -> assertThat(factors).isEqualTo("[73, 137, 99990001]"),
                        sides -> assertThat(sides).isEqualTo("{(3, 4): 5.0, (5, 12): 13.0}"));
    }

    @Test
    void sessionOfThePageRuns(Cluster cluster) throws IOException {
        assertThat(runExamples(cluster, "docs/python.md").lines())
                .containsExactly("{1: 1, 2: 4, 3: 9}", "0", "1", "4", "9", "16");
    }

    /** Runs the Python blocks of a document, with the cluster as the local one. */
    private static String runExamples(Cluster cluster, String document) throws IOException {
        try (Folder home = Folder.create("python-home")) {
            Path data = Files.createDirectories(home.path(".minimalcluster/data"));
            Files.writeString(data.resolve("authkey"), cluster.master().read("authkey"));
            Files.writeString(data.resolve("master.url"), cluster.master().url().toString());
            Path program = Files.writeString(home.path("example.py"), CodeBlocks.of(document, "python"));
            return python(home.path("."), List.of("HOME=" + home.path(".")), program.toString());
        }
    }
}
