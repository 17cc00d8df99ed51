package io.minimalcluster.worker.launch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeftoverCheckTest {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    @Test
    void processIsFoundBetweenFrequentLooks(@TempDir Path folder) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "read a; sleep 600 & read b; kill $!; wait; read c").start();
        try {
            LeftoverCheck check = new LeftoverCheck(new ProcessTree(shell.pid(), OptionalInt.empty(), folder));
            assertThat(check.leftovers()).as("before the begin").isEmpty();
            check.begin();
            for (int i = 0; i < 100; i++) {
                assertThat(check.leftovers()).isEmpty();
            }
            sendLine(shell);
            assertThat(awaitChange(check, Optional.empty())).hasValue("a process");
            sendLine(shell);
            assertThat(awaitChange(check, Optional.of("a process"))).isEmpty();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    @Test
    void processOfAnIdleChildIsFoundAfterCleanChecks(@TempDir Path folder) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "read a; sleep 600 & read b").start();
        try {
            LeftoverCheck check = new LeftoverCheck(new ProcessTree(shell.pid(), OptionalInt.empty(), folder));
            check.begin();
            long now = 0;
            for (int i = 0; i < 5; i++) {
                now += SECOND_NANOS;
                assertThat(check.checkIdle(now)).isEmpty();
            }
            sendLine(shell);
            Optional<String> found = Optional.empty();
            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            while (found.isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(1);
                now += SECOND_NANOS;
                found = check.checkIdle(now);
            }
            assertThat(found).hasValue("a process");
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    private static void sendLine(Process shell) throws IOException {
        OutputStream in = shell.getOutputStream();
        in.write('\n');
        in.flush();
    }

    private static Optional<String> awaitChange(LeftoverCheck check, Optional<String> before)
            throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (check.leftovers().equals(before) && Instant.now().isBefore(end)) {
            Thread.sleep(1);
        }
        return check.leftovers();
    }

    @Test
    void creationOfAThreadChangesTheLastNumber() throws Exception {
        assertThat(ProcessTree.lastCreated()).as("this machine tells").isPresent();
        for (int i = 0; i < 20; i++) {
            var before = ProcessTree.lastCreated();
            Thread thread = Thread.ofPlatform().start(() -> {});
            assertThat(ProcessTree.lastCreated()).isNotEqualTo(before);
            thread.join();
        }
    }
}
