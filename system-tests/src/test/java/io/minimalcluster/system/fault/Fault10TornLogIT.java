package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Program;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Line 10 of the list of faults: 'a torn or truncated WAL opens to a consistent prefix or is refused, never silently;
 * two masters on one SQLite file: the second refuses to start'. Checks I1 no lost accept, I2 no lost result, I3 one
 * outcome per task and I5 conservation.
 */
class Fault10TornLogIT {
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
        if (master != null) { // else the failure of its start is to be seen, not ours
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
    @Tag("faults")
    void truncatedWalIsRejectedUnlessTheLossIsAccepted() {
        truncate(file("minimalcluster.db-wal"), 0.6);

        String refusal = master.refusalToRestart();
        assertThat(refusal)
                .contains("commits that were acknowledged", "docs/operations.md")
                .doesNotContain("\tat ");
        Matcher lost = LOST.matcher(refusal);
        assertThat(lost.find()).as(refusal).isTrue();

        try (MasterProcess prefix = MasterProcess.startIn(
                master.data(),
                "--minimalcluster.local-worker.slots=1",
                "--minimalcluster.store.accept-lost-commits=" + lost.group(1))) {
            assertThat(prefix.program().output()).contains("event=store.commits-lost");
            assertIsPrefix(prefix.api());
        }
    }

    /**
     * The jobs up to one of them are as they were; it is unfinished at most, and is run to its end; those after it are
     * gone.
     */
    private void assertIsPrefix(Api api) {
        int there = 0;
        while (there < JOBS && api.get("/jobs/" + jobs.get(there)).status() == 200) {
            assertThat(api.values(jobs.get(there))).isEqualTo("[\"" + "x".repeat(20_000) + there + "\"]");
            there++;
        }
        assertThat(there).isBetween(1, JOBS - 1);
        for (String gone : jobs.subList(there, JOBS)) {
            api.get("/jobs/" + gone).expect(404);
        }
    }

    @Test
    @Tag("faults")
    void aFlippedByteInTheLogIsRefused() throws IOException {
        byte[] log = Files.readAllBytes(file("minimalcluster.db-wal"));
        log[log.length / 2] ^= 4;
        Files.write(file("minimalcluster.db-wal"), log);

        assertThat(master.refusalToRestart())
                .contains("commits that were acknowledged", "docs/operations.md")
                .doesNotContain("\tat ");
        assertThat(Files.readAllBytes(file("minimalcluster.db-wal")))
                .as("left for whoever can save more of it")
                .isEqualTo(log);

        log[log.length / 2] ^= 4;
        Files.write(file("minimalcluster.db-wal"), log);
        master.restart();
        assertAllIsThere(master.api());
    }

    private void assertAllIsThere(Api api) {
        for (int i = 0; i < JOBS; i++) {
            assertThat(api.values(jobs.get(i))).isEqualTo("[\"" + "x".repeat(20_000) + i + "\"]");
        }
    }

    @Test
    @Tag("faults")
    void aTruncatedDatabaseIsRefused() {
        master.restart();
        master.program().terminate();
        assertThat(master.program().exitCode(Await.LONG)).isIn(0, 143);
        assertThat(file("minimalcluster.db-wal"))
                .as("a clean end leaves no log")
                .doesNotExist();
        truncate(file("minimalcluster.db"), 0.5);

        assertThat(master.refusalToRestart())
                .contains("is damaged", "docs/operations.md")
                .doesNotContain("\tat ");
    }

    @Test
    void theLockIsFreeAfterAKillAndHoldsThroughALink() throws IOException {
        master.restart();
        assertAllIsThere(master.api());
        try (Folder folder = Folder.create("second")) {
            Path link = Files.createSymbolicLink(folder.path("link"), master.data());
            try (Program second = Program.start(
                    "second",
                    Installation.master(List.of(
                            "--server.port=0",
                            "--minimalcluster.data=" + link,
                            "--minimalcluster.local-worker.enabled=false")),
                    folder.path("."))) {
                assertThat(second.exitCode(Await.LONG)).as(second.tail()).isEqualTo(2);
                assertThat(second.output())
                        .contains("another master runs", "--minimalcluster.data=")
                        .doesNotContain("\tat ");
            }
        }
        master.api().get("/jobs").expect(200);
    }
}
