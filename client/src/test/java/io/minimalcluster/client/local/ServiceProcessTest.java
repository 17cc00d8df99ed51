package io.minimalcluster.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** A service that runs until it is stopped and prints the pid of its child process. */
    private static final String SERVICE = """
            void main() throws Exception {
                var child = new ProcessBuilder(%s).start();
                IO.println("child=" + child.pid());
                child.waitFor();
            }
            """;

    private static final String CHILD = """
            void main() throws Exception {
                new java.util.concurrent.CountDownLatch(1).await();
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void startFailureShowsTheEndOfTheLog() {
        try (ServiceProcess process = ServiceProcess.start("master", List.of(JAVA, "--nonsense"), folder)) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> process.await("the master", TIMEOUT, () -> false))
                    .withMessageContaining("the master ended with exit code 1")
                    .withMessageContaining("--nonsense");
        }
    }

    @Test
    void missingProgramIsReported() {
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> ServiceProcess.start("master", List.of("/no/such/program"), folder))
                .withMessageContaining("can't start the master");
    }

    @Test
    void closeKillsDescendants() throws IOException {
        Path child = Files.writeString(folder.resolve("Child.java"), CHILD);
        String command = "\"" + JAVA + "\", \"" + child + "\"";
        Path service = Files.writeString(folder.resolve("Service.java"), SERVICE.formatted(command));

        ProcessHandle started;
        try (ServiceProcess process = ServiceProcess.start("service", List.of(JAVA, service.toString()), folder)) {
            process.await("the child", TIMEOUT, () -> log().contains("child=") && log().endsWith("\n"));
            started = ProcessHandle.of(Long.parseLong(log().strip().replace("child=", "")))
                    .orElseThrow();
            assertThat(started.isAlive()).isTrue();
        }

        assertThat(started.onExit()).succeedsWithin(TIMEOUT);
    }

    @Test
    void temporaryFolderIsDeletedWithItsContents() throws IOException {
        TemporaryFolder temporary = new TemporaryFolder("minimalcluster-test-");
        Files.createDirectories(temporary.path().resolve("a/b"));
        Files.writeString(temporary.path().resolve("a/b/file"), "text");

        temporary.close();

        assertThat(temporary.path()).doesNotExist();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("service.log"));
        } catch (IOException e) {
            return "";
        }
    }
}
