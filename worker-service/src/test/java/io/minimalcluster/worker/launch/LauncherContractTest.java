package io.minimalcluster.worker.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.sandbox.StderrCollector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of all isolation levels that work here; see {@link IsolationLevelsTest} for the others. */
@ParameterizedClass
@MethodSource("io.minimalcluster.worker.launch.SupportedIsolationLevels#all")
class LauncherContractTest {
    /** One child for the tests that only ask it. */
    @SuppressWarnings("NullAway.Init") // it knows no initializers of parameterized classes
    private static TestChildProcess shared;

    private final Isolation level;
    private final Launcher launcher;

    @TempDir
    Path folder;

    LauncherContractTest(Isolation level) {
        this.level = level;
        this.launcher = launcher(level);
    }

    private static Launcher launcher(Isolation level) {
        return SharedLaunchers.with(SupportedIsolationLevels.only(level));
    }

    @BeforeParameterizedClassInvocation
    static void start(Isolation level) throws Exception {
        shared = TestChildProcess.start(launcher(level));
    }

    @AfterParameterizedClassInvocation
    static void end() throws IOException {
        shared.close();
    }

    private Launcher open() throws IOException {
        return Launcher.open(SupportedIsolationLevels.only(level));
    }

    @Test
    void requestedLevelIsUsed() {
        assertThat(launcher.isolation()).isEqualTo(level);
    }

    @Test
    void childInheritsNoEnvironment() throws Exception {
        assertThat(shared.ask("environment").split(",")).isSubsetOf("LANG", "PWD", "TMPDIR", "");
    }

    @Test
    void marksOutliveTheProcess() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            child.ask("start 7");
            child.ask("start 8");
            assertThat(child.jvm().taskState()).isEqualTo(new TaskStateReading(2, 8));
            child.jvm().kill();
            assertThat(child.end().taskState()).isEqualTo(new TaskStateReading(2, 8));
            assertThat(child.end().signal()).hasValue("SIGKILL");
        }
    }

    @Test
    void truncatedMarksReadAsIdle() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            String arguments = child.ask("arguments");
            child.ask("start 3");
            String answer = child.ask("truncate " + arguments.substring(arguments.lastIndexOf(' ') + 1));
            assertThat(child.jvm().taskState().isIdle()).isEqualTo(answer.equals("truncated"));
        }
    }

    @Test
    void childEndsWhenItsInputEnds() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            child.jvm().closeInput();
            assertThat(child.awaitEnd().exitCode()).isZero();
        }
    }

    @Test
    void standardStreamsCarryNoFrames() throws Exception {
        assertThat(shared.ask("read /dev/stdin")).isEmpty();
        assertThat(shared.ask("write /dev/stdout")).isEqualTo("/dev/stdout");
        assertThat(shared.ask("write /dev/stderr")).isEqualTo("/dev/stderr");
        assertThat(shared.ask("property java.version")).isNotEmpty();
    }

    @Test
    void exitCodeIsReported() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            child.send("halt 17");
            ExitReport exitReport = child.awaitEnd();
            assertThat(exitReport.exitCode()).isEqualTo(17);
            assertThat(exitReport.describe()).isEqualTo("the process ended with exit code 17");
        }
    }

    @Test
    void endOfStandardErrorIsKept() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            child.ask("say goodbye");
            child.send("halt 1");
            assertThat(child.awaitEnd().lastOutput()).contains("goodbye");
        }
    }

    @Test
    void tooMuchStandardErrorEndsTheChild() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            child.send("flood");
            ExitReport exitReport = child.awaitEnd();
            assertThat(exitReport.fault()).contains("beside its frames");
            assertThat(exitReport.lastOutput()).hasSizeLessThanOrEqualTo(StderrCollector.KEPT);
        }
    }

    @Test
    void invalidFrameEndsTheChild() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            child.send("garbage hello");
            assertThat(child.awaitEnd().describe()).contains("it sent a frame of");
        }
    }

    @Test
    void fullHeapEndsTheChild() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            child.send("heap");
            ExitReport exitReport = child.awaitEnd();
            assertThat(exitReport.isOutOfMemory()).isTrue();
            assertThat(exitReport.lastOutput()).contains("OutOfMemoryError");
        }
    }

    @Test
    void killEndsAHangingChild() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            child.send("linger");
            child.jvm().kill();
            assertThat(child.end().signal()).hasValue("SIGKILL");
        }
    }

    @Test
    void framesSentBeforeAKillAreReceived() throws Exception {
        int count = 8; // more than the receiver reads ahead, and the rest fits into the pipe
        Path text = Files.writeString(folder.resolve("text"), "x".repeat(15_000));
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            String path = child.jvm().give(text, "text");
            for (int i = 0; i < count; i++) {
                child.send("read " + path);
            }
            child.send("start 7");
            await(() -> !child.jvm().taskState().isIdle());
            child.jvm().kill();
            await(() -> !child.jvm().isAlive());
            for (int i = 0; i < count; i++) {
                assertThat(child.jvm()
                                .receive(TestChildProcess.SOON)
                                .orElseThrow()
                                .body())
                        .hasSize(15_000);
            }
        }
    }

    private static void await(BooleanSupplier condition) {
        long limit = System.nanoTime() + TestChildProcess.SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(limit);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void killEndsGrandchildren() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            child.ask("spawn");
            List<ProcessHandle> all = Stream.concat(
                            ProcessHandle.of(child.jvm().pid()).stream(),
                            ProcessHandle.of(child.jvm().pid()).stream().flatMap(ProcessHandle::descendants))
                    .toList();
            child.end();
            assertThat(all).hasSizeGreaterThan(1);
            for (ProcessHandle process : all) {
                RunningProcesses.awaitEnd(process);
            }
        }
    }

    @Test
    void endRemovesAllFiles() throws Exception {
        Path claimed;
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            claimed = child.jvm().folder();
            child.ask("write " + child.ask("property java.io.tmpdir") + "/x");
            Files.writeString(folder.resolve("bundle"), "code");
            child.jvm().give(folder.resolve("bundle"), "bundle.jar");
            assertThat(claimed).isDirectoryContaining("glob:**/marks");
        }
        assertThat(claimed).isEmptyDirectory();
    }

    @Test
    void sharedFilesAreReadOnlyForTheChild() throws Exception {
        Path bundle = Files.writeString(folder.resolve("bundle"), "code");
        String seen = shared.jvm().give(bundle, "bundle.jar");
        assertThat(shared.ask("read " + seen)).isEqualTo("code");
        if (level != Isolation.PROCESS) {
            assertThat(shared.ask("write " + seen)).contains("Exception");
            assertThat(shared.ask("list " + Path.of(seen).getParent())).isEqualTo(seen);
        }
        assertThat(bundle).hasContent("code");
    }

    @Test
    void fileSizesAreLimited() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            assertThat(child.ask("fill " + child.ask("property java.io.tmpdir") + "/big"))
                    .contains("IOException");
        }
    }

    @Test
    void attachingAndPerformanceDataAreOff() throws Exception {
        assertThat(shared.ask("arguments")).contains("-XX:+DisableAttachMechanism", "-XX:-UsePerfData");
    }

    @Test
    void threadsAreLimitedFromUidLevelOn() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            assertThat(child.ask("threads 2000")).isEqualTo(level == Isolation.PROCESS ? "all started" : "refused");
        }
    }

    @Test
    void parentIsProtectedFromUidLevelOn() throws Exception {
        long own = ProcessHandle.current().pid();
        if (level != Isolation.PROCESS) {
            assertThat(shared.ask("read /proc/" + own + "/environ")).contains("Exception");
            assertThat(shared.ask("read /proc/" + own + "/maps")).contains("Exception");
            assertThat(shared.ask("signal " + own)).isEqualTo("exit code 1");
        }
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void childrenAreProtectedFromEachOtherFromUidLevelOn() throws Exception {
        try (TestChildProcess other = TestChildProcess.start(launcher)) {
            if (level != Isolation.PROCESS) {
                assertThat(shared.ask("signal " + other.jvm().pid())).isEqualTo("exit code 1");
                assertThat(shared.ask("list " + other.jvm().folder())).contains("Exception");
                assertThat(other.ask("start 1")).isEqualTo("started");
            }
        }
    }

    @Test
    void daemonizedDescendantsAreKilled() throws Exception {
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            String seconds =
                    String.valueOf(100_000 + ThreadLocalRandom.current().nextInt(100_000));
            assertThat(child.ask("orphan " + seconds)).isEqualTo("exit code 0");
            List<ProcessHandle> orphans = RunningProcesses.awaitWithArgument(seconds, 1);
            assertThat(orphans).isNotEmpty();
            child.end();
            for (ProcessHandle process : orphans) {
                RunningProcesses.awaitEnd(process);
            }
        }
    }

    @Test
    void bubblewrapHasNoNetwork() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String answer = shared.ask("connect " + server.getLocalPort());
            if (level == Isolation.BUBBLEWRAP) {
                assertThat(answer).contains("Exception");
            } else {
                assertThat(answer).isEqualTo("connected to " + server.getLocalPort());
            }
        }
    }

    @Test
    void networkCanBeAllowed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestChildProcess child = TestChildProcess.start(launcher, true)) {
            assertThat(child.ask("connect " + server.getLocalPort()))
                    .isEqualTo("connected to " + server.getLocalPort());
        }
    }

    @Test
    void bubblewrapHidesOtherFiles() throws Exception {
        if (level == Isolation.BUBBLEWRAP) {
            assertThat(shared.ask("list /").split(" "))
                    .isSubsetOf(
                            "/bin",
                            "/dev",
                            "/exec.jar",
                            "/job",
                            "/lib",
                            "/lib64",
                            "/marks",
                            "/proc",
                            "/tmp",
                            "/usr",
                            "/etc",
                            "/opt",
                            "/sbin",
                            "/var");
            assertThat(shared.ask("read /etc/shadow")).contains("NoSuchFile");
            assertThat(shared.ask("write /x")).contains("Exception");
            assertThat(shared.ask("write /dev/x")).contains("Exception");
            assertThat(shared.ask("list /tmp")).isEmpty();
        }
    }

    @Test
    void killedParentEndsItsChildrenAndTheNextLauncherTheirDaemons() throws Exception {
        String seconds = String.valueOf(300_000 + ThreadLocalRandom.current().nextInt(100_000));
        Path jar = TestChildJar.in(launcher.folder());
        Process service = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestService.class.getName(),
                        level.name(),
                        jar.toString(),
                        seconds)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String pid = service.inputReader(UTF_8).readLine();
        List<ProcessHandle> all = service.descendants().toList();
        assertThat(all).extracting(ProcessHandle::pid).contains(Long.valueOf(pid));
        assertThat(RunningProcesses.awaitWithArgument(seconds, 2)).hasSizeGreaterThan(1); // this process is one
        service.destroyForcibly().waitFor();
        for (ProcessHandle process : all) {
            RunningProcesses.awaitEnd(process);
        }
        open().close();
        for (ProcessHandle process : RunningProcesses.withArgument(seconds)) {
            RunningProcesses.awaitEnd(process);
        }
        Files.delete(jar);
    }

    @Test
    void filesOfTheChildsUserAreDeleted() throws Exception {
        String name = "left-by-a-task-" + ThreadLocalRandom.current().nextLong();
        List<String> files = List.of("/tmp/" + name, "/var/tmp/" + name, "/dev/shm/" + name);
        try (TestChildProcess child = TestChildProcess.start(launcher)) {
            for (String file : files) {
                assertThat(child.ask("write " + file)).isEqualTo(file);
            }
        }
        for (String file : files) {
            assertThat(Files.deleteIfExists(Path.of(file))).isEqualTo(level == Isolation.PROCESS);
        }
    }

    @Test
    void closeEndsAllChildren() throws Exception {
        Launcher own = open();
        TestChildProcess child = TestChildProcess.start(own);
        own.close();
        assertThat(child.jvm().isAlive()).isFalse();
        assertThatThrownBy(() -> child.ask("environment")).isInstanceOf(JvmEndedException.class);
        Files.delete(child.jar());
    }
}
