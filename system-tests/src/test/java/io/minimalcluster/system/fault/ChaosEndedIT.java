package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Program;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that a chaos run ended by SIGTERM leaves no processes or files and prints its report. */
@Tag("faults")
@Timeout(900)
class ChaosEndedIT {
    private static final int EXIT_CODE_OF_SIGTERM = 143;
    private static final int MIN_PROCESSES = 3; // two of master, workers and database server, and one descendant

    /** Starts the chaos command as the launcher does. */
    private static Program chaos(Folder folder, String... arguments) throws IOException {
        Path temporary = Files.createDirectories(folder.path("tmp"));
        temporary.toFile().setReadable(true, false); // the database server runs as another user
        temporary.toFile().setExecutable(true, false);
        folder.path(".").toFile().setExecutable(true, false);
        Path home = Installation.HOME;
        String classes = String.join(
                File.pathSeparator,
                home.resolve("chaos/target/minimalcluster-chaos.jar").toString(),
                home.resolve("client/target/minimalcluster.jar").toString(),
                home.resolve("chaos/target/lib").resolve("*").toString());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Dminimalcluster.home=" + home,
                "-cp",
                classes,
                "io.minimalcluster.chaos.Chaos"));
        command.addAll(List.of(arguments));
        return Program.start("chaos", command, folder.path("."));
    }

    private static List<Path> remainingFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().matches("minimalcluster-postgres-[0-9.]+-.*"))
                    .filter(file -> !file.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void interruptedRunCleansUpAndReports() throws IOException {
        try (Folder folder = Folder.create("chaos-ended");
                Program chaos = chaos(folder, "--minutes", "5", "--seed", "1", "--store", "postgres")) {
            Await.until("faults", Duration.ofMinutes(6), () -> chaos.output().contains("faults begin"));
            Await.until("processes", () -> chaos.descendants().size() >= MIN_PROCESSES);
            List<ProcessHandle> started = chaos.descendants();

            chaos.terminate();

            assertThat(chaos.exitCode(Duration.ofMinutes(2))).isEqualTo(EXIT_CODE_OF_SIGTERM);
            Await.until("the end of all descendants", () -> started.stream().allMatch(TaskNotes::hasEnded));
            assertThat(chaos.output())
                    .contains("interrupted", "calls: ", "I3 one outcome per task", "no violations with seed 1")
                    .doesNotContain("I1 no lost job", "Exception");
            assertThat(remainingFiles(folder.path("tmp"))).isEmpty();
        }
    }
}
