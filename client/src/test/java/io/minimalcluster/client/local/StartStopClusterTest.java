package io.minimalcluster.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minimalcluster.client.FakeMaster;
import io.minimalcluster.client.local.StartCluster.Started;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests start and stop with idle processes instead of the services, and a fake master that responds to calls. */
class StartStopClusterTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** Writes the files of a starting master: its key and its address. */
    private static final String SERVICE = """
            #!/bin/sh
            for word in "$@"; do
              case $word in
                --minimalcluster.data=*)
                  data=${word#*=}
                  mkdir -p "$data"
                  echo '%s' >"$data/authkey"
                  echo '%s' >"$data/master.url"
                  ;;
              esac
            done
            %s
            """;

    private static final String UNTIL_STOPPED = "exec sleep 600";

    private final FakeMaster master = new FakeMaster();

    @TempDir
    private Path home = Path.of("");

    private ClusterFolder folder = new ClusterFolder(Path.of(""), null);

    @BeforeEach
    void prepare() throws IOException {
        folder = new ClusterFolder(home.resolve("cluster"), null);
        service(UNTIL_STOPPED);
    }

    @AfterEach
    void stop() throws IOException {
        new StopCluster(folder, Duration.ZERO).all();
        master.close();
    }

    private void service(String then) throws IOException {
        Path java =
                Files.writeString(home.resolve("java"), SERVICE.formatted(FakeMaster.KEY.secret(), master.url(), then));
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private StartCluster start(Duration timeout) {
        return new StartCluster(new Installation(home, home.resolve("java"), false), folder, _ -> {}, timeout);
    }

    private long pid(String name) throws IOException {
        return folder.process(name).orElseThrow().pid();
    }

    @Test
    void upStartsAMasterAndDownStopsIt() throws IOException {
        Started started = start(LONG).start(null, 0);

        assertThat(started.already()).isFalse();
        assertThat(started.address()).isEqualTo(master.url());
        RecordedProcess process = folder.processes().getFirst();
        assertThat(process.isRunning()).isTrue();

        assertThat(new StopCluster(folder, LONG).all())
                .singleElement()
                .satisfies(stopped -> assertThat(stopped.killed()).isFalse());
        assertThat(process.isRunning()).isFalse();
        assertThat(folder.isUsed()).isFalse();
        assertThat(folder.address()).isEmpty();
    }

    @Test
    void upAndDownAreIdempotent() throws IOException {
        start(LONG).start(null, 0);
        long pid = pid("master");

        Started again = start(LONG).start(null, 0);

        assertThat(again.already()).isTrue();
        assertThat(pid("master")).isEqualTo(pid);
        new StopCluster(folder, LONG).all();
        assertThat(new StopCluster(folder, LONG).all()).isEmpty();
    }

    @Test
    void upStartsMissingWorkersAndStopsSurplusWorkers() throws IOException {
        master.join("worker-1");
        master.join("worker-2");
        start(LONG).start(2, 0);
        long kept = pid("worker-1");
        RecordedProcess killed = folder.process("worker-2").orElseThrow();
        killed.handle().orElseThrow().destroyForcibly();
        assertThat(PollingWait.until(LONG, () -> !killed.isRunning())).isTrue();

        assertThat(start(LONG).start(null, 0).already()).isFalse();
        assertThat(pid("worker-1")).isEqualTo(kept);
        assertThat(folder.process("worker-2").orElseThrow().isRunning()).isTrue();

        start(LONG).start(1, 0);
        assertThat(folder.processes()).extracting(RecordedProcess::name).containsExactly("master", "worker-1");
    }

    @Test
    void staleProcessRecordIsIgnored() throws IOException {
        folder.create();
        Path record = folder.path().resolve("master.process");
        for (String left : List.of("", "nonsense", "1", "4194303 2020-01-01T00:00:00Z", "1 2020-01-01T00:00:00Z")) {
            Files.writeString(record, left);
            start(LONG).start(null, 0);
            assertThat(folder.process("master").orElseThrow().isRunning())
                    .as(left)
                    .isTrue();
            new StopCluster(folder, LONG).all();
        }
    }

    @Test
    void reusedPidIsNotTheRecordedProcess() {
        ProcessHandle self = ProcessHandle.current();

        assertThat(RecordedProcess.of("master", self).isRunning()).isTrue();
        assertThat(new RecordedProcess("master", self.pid(), Instant.EPOCH).isRunning())
                .isFalse();
    }

    @Test
    void portInUseIsReportedAndNothingIsStarted() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> start(LONG).start(null, other.getLocalPort()))
                    .withMessageContaining("port " + other.getLocalPort() + " is taken")
                    .withMessageContaining("--port");
        }
        assertThat(folder.isUsed()).isFalse();
    }

    @Test
    void otherPortThanThatOfTheRunningClusterIsRejected() throws IOException {
        start(LONG).start(null, 0);
        int port = master.url().getPort();

        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> start(LONG).start(null, port - 1))
                .withMessageContaining("is up already at " + master.url())
                .withMessageContaining("./minimalcluster down");
        assertThat(start(LONG).start(null, port).already()).isTrue();
        assertThat(start(LONG).start(null, 0).already()).isTrue();
    }

    @Test
    void reportsStartedProcesses() throws IOException {
        List<String> steps = new ArrayList<>();
        Installation installation = new Installation(home, home.resolve("java"), false);
        master.join("worker-1");

        new StartCluster(installation, folder, steps::add, LONG).start(1, 0);
        assertThat(steps).containsExactly("Starting the master", "Starting a worker");

        new StartCluster(installation, folder, steps::add, LONG).start(1, 0);
        assertThat(steps).hasSize(2);
    }

    @Test
    void exitedMasterIsReportedWithItsLogAndItsRecordDeleted() throws IOException {
        Files.writeString(home.resolve("java"), "#!/bin/sh\necho 'the disk is on fire'; exit 7\n");

        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> start(LONG).start(null, 0))
                .withMessageContaining("exit code 7")
                .withMessageContaining("the disk is on fire");
        assertThat(folder.isUsed()).isFalse();
    }

    @Test
    void unresponsiveMasterIsReportedWithARemedy() throws IOException {
        start(LONG).start(null, 0);
        master.close();

        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> start(SHORT).start(null, 0))
                .withMessageContaining("does not answer")
                .withMessageContaining("./minimalcluster down");
        assertThat(folder.process("master").orElseThrow().isRunning()).isTrue();
    }

    @Test
    void masterThatDoesNotStartListeningIsReportedAfterTheTimeout() throws IOException {
        start(LONG).start(null, 0);
        Files.delete(folder.addressFile());

        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> start(SHORT).start(null, 0))
                .withMessageContaining("has not begun to listen");
    }

    @Test
    void missingWorkerIsNamed() {
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> start(SHORT).start(1, 0))
                .withMessageContaining("worker-1");
    }

    @Test
    void unresponsiveProcessIsKilled() throws IOException {
        service("trap '' TERM; while :; do sleep 600; done");
        start(LONG).start(null, 0);
        RecordedProcess process = folder.processes().getFirst();

        assertThat(new StopCluster(folder, SHORT).all())
                .singleElement()
                .satisfies(stopped -> assertThat(stopped.killed()).isTrue());
        assertThat(process.isRunning()).isFalse();
    }

    @Test
    void previousLogIsKept() throws IOException {
        Files.writeString(home.resolve("java"), "#!/bin/sh\necho first; exit 1\n");
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> start(LONG).start(null, 0));
        service(UNTIL_STOPPED);
        start(LONG).start(null, 0);

        assertThat(folder.path().resolve("master.log.old")).hasContent("first");
    }

    @Test
    void folderIsAccessibleToItsOwnerOnly() throws IOException {
        folder.create();

        assertThat(Files.getPosixFilePermissions(folder.path()).toString()).doesNotContain("GROUP", "OTHERS");
    }

    @Test
    void coresAreSharedByMasterAndWorkers() {
        assertThat(SlotAllocation.shared(8, 0)).isEqualTo(new SlotAllocation(8, 8));
        assertThat(SlotAllocation.shared(8, 2)).isEqualTo(new SlotAllocation(4, 2));
        assertThat(SlotAllocation.shared(2, 3)).isEqualTo(new SlotAllocation(1, 1));
    }

    @Test
    void classCacheIsUsedIfItExists() throws IOException {
        Installation installation = new Installation(home, home.resolve("java"), false);
        assertThat(installation.master(List.of())).noneMatch(word -> word.startsWith("-XX:AOTCache"));

        Path cache = ServiceKind.MASTER.cache(home);
        Files.createDirectories(cache.getParent());
        Files.createFile(cache);

        assertThat(installation.master(List.of())).contains("-XX:AOTCache=" + cache);
        assertThat(installation.worker(List.of())).noneMatch(word -> word.startsWith("-XX:AOTCache"));
        assertThat(installation.withRecording().master(List.of()))
                .contains("-XX:AOTCacheOutput=" + cache + ".new")
                .doesNotContain("-XX:AOTCache=" + cache);
    }
}
