package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fault 10: a torn or truncated WAL opens to a consistent prefix or is rejected, never silently. Checks I1 no lost job,
 * I2 no lost result, I3 one outcome per task and I5 conservation.
 */
@Order(2)
@Tag("faults")
class Fault10TornWalIT {
    private static final int JOBS = 12;
    private static final Pattern LOST = Pattern.compile("accept-lost-commits=(\\d+)");

    private MasterProcess master;
    private List<String> jobs;

    @BeforeEach
    void runJobsAndKill() {
        master = MasterProcess.startOnFile("--minimalcluster.local-worker.slots=1");
        Api api = master.api();
        String environment = api.load("String text(int x) { return \"x\".repeat(20_000) + x; }");
        jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            jobs.add(api.submit(environment, "text", "[" + i + "]", "{}")
                    .expect(202)
                    .json()
                    .path("id")
                    .asString());
            api.ended(jobs.getLast());
        }
        master.program().kill();
    }

    @AfterEach
    void end() {
        if (master != null) { // null after a failed start, which is the error to report
            master.close();
        }
    }

    private Path file(String name) {
        return master.data().resolve(name);
    }

    private static void truncate(Path file, double part) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate((long) (channel.size() * part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void truncatedWalIsRejectedUnlessTheLossIsAccepted() {
        truncate(file("minimalcluster.db-wal"), 0.6);

        String output = master.outputOfFailedRestart();
        assertThat(output)
                .contains("commits that were acknowledged", "docs/operations.md")
                .doesNotContain("\tat ");
        Matcher lost = LOST.matcher(output);
        assertThat(lost.find()).as(output).isTrue();

        try (MasterProcess prefix = MasterProcess.startIn(
                master.data(),
                "--minimalcluster.local-worker.slots=1",
                "--minimalcluster.store.accept-lost-commits=" + lost.group(1))) {
            assertThat(prefix.program().output()).contains("event=store.commits-lost");
            assertIsPrefix(prefix.api());
        }
    }

    /**
     * Checks that a prefix of the jobs is complete and all later jobs are missing. The last job of the prefix may be
     * unfinished and then runs to its end.
     */
    private void assertIsPrefix(Api api) {
        int existing = 0;
        while (existing < JOBS && api.get("/jobs/" + jobs.get(existing)).status() == 200) {
            assertThat(api.values(jobs.get(existing))).isEqualTo("[\"" + "x".repeat(20_000) + existing + "\"]");
            existing++;
        }
        assertThat(existing).isBetween(1, JOBS - 1);
        for (String missing : jobs.subList(existing, JOBS)) {
            api.get("/jobs/" + missing).expect(404);
        }
    }

    @Test
    void corruptedWalIsRejected() throws IOException {
        byte[] log = Files.readAllBytes(file("minimalcluster.db-wal"));
        log[log.length / 2] ^= 4;
        Files.write(file("minimalcluster.db-wal"), log);

        assertThat(master.outputOfFailedRestart())
                .contains("commits that were acknowledged", "docs/operations.md")
                .doesNotContain("\tat ");
        assertThat(Files.readAllBytes(file("minimalcluster.db-wal")))
                .as("the WAL is kept for manual recovery")
                .isEqualTo(log);

        log[log.length / 2] ^= 4;
        Files.write(file("minimalcluster.db-wal"), log);
        master.restart();
        assertAllJobsExist(master.api());
    }

    private void assertAllJobsExist(Api api) {
        for (int i = 0; i < JOBS; i++) {
            assertThat(api.values(jobs.get(i))).isEqualTo("[\"" + "x".repeat(20_000) + i + "\"]");
        }
    }

    @Test
    void truncatedDatabaseIsRejected() {
        master.restart();
        master.program().terminate();
        assertThat(master.program().exitCode(Await.LONG)).isIn(0, 143);
        assertThat(file("minimalcluster.db-wal"))
                .as("a graceful shutdown leaves no WAL")
                .doesNotExist();
        truncate(file("minimalcluster.db"), 0.5);

        assertThat(master.outputOfFailedRestart())
                .contains("is damaged", "docs/operations.md")
                .doesNotContain("\tat ");
    }
}
