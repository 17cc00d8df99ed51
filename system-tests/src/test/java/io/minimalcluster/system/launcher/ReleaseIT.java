package io.minimalcluster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.ClassCacheTraining;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the release archive: a worker that joins from it, and the command line. */
@UseShared(QuietMaster.class)
class ReleaseIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final Folder folder = Folder.create("release");
    private final QuietMaster quiet;

    ReleaseIT(QuietMaster quiet) {
        this.quiet = quiet;
    }

    @BeforeAll
    static void prepare() {
        ClassCacheTraining.once();
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private String ended(int exit, String... command) {
        try (Program program = Program.start("release", List.of(command), folder.path("."))) {
            assertThat(program.exitCode(TIMEOUT)).as(program.tail()).isEqualTo(exit);
            return program.output();
        }
    }

    /** Unpacks the archive and returns its launcher. */
    private String launcher() {
        String archive = ended(
                        0, "sh", Installation.HOME.resolve("minimalcluster").toString(), "package")
                .lines()
                .filter(line -> line.endsWith(".tar.gz"))
                .findFirst()
                .orElseThrow();
        ended(0, "tar", "-xzf", archive, "--strip-components=1");
        return folder.path("minimalcluster").toString();
    }

    @Test
    void workerJoinsFromTheArchiveInOneLine() throws IOException {
        String launcher = launcher();
        Path key = Files.writeString(folder.path("worker.key"), quiet.workerKey());
        List<String> worker =
                new ArrayList<>(List.of("sh", launcher, "worker", quiet.url().toString()));
        worker.addAll(List.of("--key-file", key.toString(), "--slots", "1", "--label", "at=far"));
        worker.add("--minimalcluster.executor.minimum-isolation=process");
        try (Program far = Program.start("worker", worker, folder.path("."))) {
            String job = quiet.alice()
                    .start(
                            "long square(long x) { return x * x; }",
                            "square",
                            "[2,3]",
                            "{\"requires\":{\"at\":\"far\"}}");

            assertThat(quiet.alice().values(job)).as(far.tail()).isEqualTo("[4,9]");
        }
        assertThat(ended(0, "sh", launcher, "--version")).containsPattern("minimalcluster [0-9.]+.*, Java 2[5-9]");
        assertThat(ended(2, "sh", launcher, "test")).contains("needs the sources, which a release does not have");
        assertThat(ended(2, "sh", launcher, "worker", "localhost")).contains("such as http://HOST:8080");
    }
}
