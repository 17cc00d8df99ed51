package io.minimalcluster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.ClassCacheTraining;
import io.minimalcluster.system.harness.Cluster;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the launcher script and the commands that it runs, on the packaged build. */
@UseShared({Cluster.class, QuietMaster.class})
class LauncherIT {
    private static final Duration TIMEOUT = Await.LONG;
    private static final Pattern JOB = Pattern.compile("job-[0-9a-z]+");
    private static final Pattern ENVIRONMENT = Pattern.compile("env-[0-9a-z]+");
    private static final String EXAMPLE =
            Installation.HOME.resolve("examples/Hypot.java").toString();

    private final Folder folder = Folder.create("launcher");
    private final Cluster cluster;
    private final QuietMaster quiet;

    LauncherIT(Cluster cluster, QuietMaster quiet) {
        this.cluster = cluster;
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

    private Program launch(String... words) {
        return launch(List.of(), words);
    }

    private Program launch(List<String> wrapper, String... words) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of("sh", Installation.HOME.resolve("minimalcluster").toString()));
        command.addAll(List.of(words));
        return Program.start("launcher", command, folder.path("."));
    }

    @Test
    void killedDemoStopsItsProcesses() {
        try (Program demo = launch("demo")) {
            Await.until("a master and a worker", TIMEOUT, () -> demo.output().contains("The master is at"));
            List<ProcessHandle> started = demo.descendants();
            assertThat(started).hasSizeGreaterThanOrEqualTo(2);

            demo.kill();

            Await.until(
                    "the end of its descendants",
                    TIMEOUT,
                    () -> started.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    private Program ended(int exit, String... words) {
        Program program = launch(words);
        assertThat(program.exitCode(TIMEOUT)).as(program.tail()).isEqualTo(exit);
        return program;
    }

    private Program onCluster(int exit, String... words) {
        return ended(exit, withCluster(words));
    }

    private String[] withCluster(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(
                "--url",
                cluster.master().url().toString(),
                "--key-file",
                cluster.master().data().resolve("authkey").toString()));
        return all.toArray(String[]::new);
    }

    /**
     * Starts the launcher with SIGINT enabled, because some parent processes ignore it, such as a shell with background
     * jobs.
     */
    private Program launchInterruptible(String... words) {
        return launch(List.of("env", "--default-signal=INT"), words);
    }

    @Test
    void methodsOfJshellRunOnTheCluster() throws IOException {
        Path snippets = folder.path("square.jsh");
        Files.writeString(snippets, """
                long square(long x) { return x * x; }
                System.out.println("values " + cluster.map(x -> square(x), List.of(1L, 2L, 3L)));
                /exit
                """);

        Program shell = launch(
                List.of(
                        "env",
                        "MINIMALCLUSTER_URL=" + cluster.master().url(),
                        "MINIMALCLUSTER_AUTHKEY=" + cluster.master().read("authkey")),
                "jshell",
                snippets.toString());

        assertThat(shell.exitCode(TIMEOUT)).as(shell.tail()).isZero();
        assertThat(shell.output()).contains("values [1, 4, 9]");
    }

    @Test
    void helpListsCommandsAndExplainsOne() {
        assertThat(ended(0, "help").output())
                .contains("demo", "test", "master", "worker", "load", "register", "run", "submit", "jobs", "values");
        assertThat(ended(0, "help", "run").output()).contains("--args-file=FILE", "Example:");
        assertThat(ended(0, "master", "--help").output())
                .contains("--server.port=8080", "docs/settings.md", "./minimalcluster master ");
        assertThat(ended(0, "worker", "-h").output()).contains("--minimalcluster.master-url=http://localhost:8080");
        assertThat(ended(0, "--version").output())
                .containsPattern("minimalcluster [0-9]+[.][0-9]+[.][0-9]+.*, Java 2[5-9]");
    }

    @Test
    void unknownCommandIsAUsageError() {
        assertThat(ended(2, "frobnicate").output()).contains("frobnicate").doesNotContain("did you mean");
        assertThat(ended(2, "stauts").output()).contains("did you mean status?");
    }

    @Test
    void firstInterruptKeepsTheJobAndSecondCancelsIt() throws IOException {
        Path source = Files.writeString(
                folder.path("Nap.java"),
                "long nap(long millis) throws InterruptedException { Thread.sleep(millis); return millis; }");
        String[] words = {"run", source.toString(), "-f", "nap", "--args", "[0,600000]", "--batch-size", "1"};
        String job;
        try (Program run = launchInterruptible(withCluster(words))) {
            Await.until("progress", () -> run.output().contains(" of 2"));

            run.interrupt();

            assertThat(run.exitCode(TIMEOUT)).as(run.tail()).isEqualTo(130);
            job = JOB.matcher(run.output()).results().findFirst().orElseThrow().group();
            assertThat(run.output())
                    .contains(job + " continues", "./minimalcluster follow " + job, "./minimalcluster cancel " + job);
        }
        assertThat(onCluster(0, "job", job).output()).contains(job).doesNotContain("CANCELLED");

        try (Program follow = launchInterruptible(withCluster("follow", job.substring(0, job.length() - 3)))) {
            Await.until("the first result", () -> follow.output().contains("0\t0\n"));

            Await.until("the end", () -> {
                follow.interrupt();
                return !follow.isAlive();
            });

            assertThat(follow.exitCode(TIMEOUT)).as(follow.tail()).isEqualTo(130);
            assertThat(follow.output()).contains(job + " CANCELLED: 2 tasks, 1 cancelled");
        }
    }

    @Test
    void commandsLoadRegisterRunAndList() {
        Matcher environment = ENVIRONMENT.matcher(onCluster(0, "load", EXAMPLE).output());
        assertThat(environment.find()).isTrue();

        onCluster(0, "register", environment.group(), "hypotenuse");

        assertThat(onCluster(0, "functions").output()).contains("hypotenuse");
        assertThat(onCluster(0, "run", EXAMPLE, "-f", "hypotenuse", "--args", "[[3,4],[5,12]]")
                        .output())
                .contains("5.0")
                .contains("13.0");
        assertThat(onCluster(0, "jobs").output()).contains("SUCCEEDED");
        assertThat(onCluster(0, "workers").output()).containsIgnoringCase("active");
    }

    @Test
    void commandsUseTheMasterOfEnvironmentVariables() {
        Matcher environment = ENVIRONMENT.matcher(withVariables(0, "load", EXAMPLE));
        assertThat(environment.find()).isTrue();
        assertThat(withVariables(0, "environments")).contains(environment.group());
        assertThat(withVariables(0, "status")).contains(cluster.master().url().toString(), "active");
        String submitted =
                withVariables(0, "submit", "hypotenuse", "--env", environment.group(), "--args", "[[3,4],[8,15]]");
        String job = submitted
                .lines()
                .filter(line -> line.startsWith("job-"))
                .findFirst()
                .orElseThrow();

        assertThat(withVariables(0, "follow", job)).contains("0\t5.0", "1\t17.0", "SUCCEEDED");
        assertThat(withVariables(0, "values", job.substring(0, 12))).contains("5.0", "17.0");
        assertThat(withVariables(0, "results", job, "--json")).contains("{\"index\":0,\"value\":5.0}");
        assertThat(withVariables(0, "job", job, "--json")).contains("\"state\":\"SUCCEEDED\"");
        assertThat(withVariables(0, "explain", job)).contains("every task succeeded");
        assertThat(withVariables(3, "cancel", job)).contains("has ended already");
        assertThat(withVariables(3, "retry", job)).contains(job);
        assertThat(withVariables(3, "job", "job-nothing")).contains("There is no job");
        assertThat(withVariables(2, "job")).isNotBlank();
    }

    @Test
    void jobIsWaitedForInspectedAndDeleted() throws IOException {
        Path source = Files.writeString(folder.path("Talk.java"), """
                int talk(int x) {
                    IO.println("x is " + x);
                    return 6 / x;
                }
                """);
        onCluster(0, "load", source.toString());
        String job = JOB.matcher(
                        onCluster(0, "submit", "talk", "--env", "last", "--args", "[1,0]", "--label", "at=desk")
                                .output())
                .results()
                .findFirst()
                .orElseThrow()
                .group();

        assertThat(onCluster(1, "wait", job).output()).contains(job + " FAILED: 2 tasks, 1 failed");
        assertThat(onCluster(0, "jobs", "--label", "at=desk", "-q").output()).contains(job);
        assertThat(onCluster(0, "task", job, "1").output())
                .contains("java.lang.ArithmeticException: / by zero", "at Talk.talk(Talk.java:3)", "  x is 0");
        assertThat(onCluster(0, "logs", job, "0").output()).contains("x is 1");
        assertThat(onCluster(0, "top").output()).contains("slots  [", "FAILED");
        assertThat(onTerminal("jobs")).contains("\033[31mFAILED");
        assertThat(onTerminal("jobs", "--limit", "2").lines())
                .isNotEmpty()
                .allMatch(line -> line.replaceAll("\033\\[[0-9]*m", "").length() <= 80);
        onCluster(0, "delete", job);
        assertThat(onCluster(3, "job", job).output()).contains("There is no job");
    }

    /** Runs a command on a terminal of 80 columns. */
    private String onTerminal(String... words) {
        List<String> command = new ArrayList<>(
                List.of("sh", Installation.HOME.resolve("minimalcluster").toString()));
        command.addAll(List.of(withCluster(words)));
        Program program = Program.start(
                "terminal",
                List.of("script", "-qec", "stty cols 80 rows 24; " + String.join(" ", command), "/dev/null"),
                folder.path("."));
        assertThat(program.exitCode(TIMEOUT)).as(program.tail()).isZero();
        return program.output();
    }

    private String withVariables(int exit, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "MINIMALCLUSTER_URL=" + cluster.master().url(),
                "MINIMALCLUSTER_AUTHKEY=" + cluster.master().read("authkey"),
                "sh",
                Installation.HOME.resolve("minimalcluster").toString()));
        command.addAll(List.of(words));
        Program program = Program.start("launcher", command, folder.path("."));
        assertThat(program.exitCode(TIMEOUT)).as(program.tail()).isEqualTo(exit);
        return program.output();
    }

    @Test
    void failedJobExitsWithOne() throws IOException {
        Path source = folder.path("Fail.java");
        Files.writeString(source, "int fail(int x) { return x / 0; }");

        assertThat(onCluster(1, "run", source.toString(), "-f", "fail", "--args", "[1]")
                        .output())
                .contains("by zero");
    }

    @Test
    void rejectedCallExitsWithThree() throws IOException {
        Path key = Files.writeString(folder.path("key"), "not-a-key");

        ended(3, "jobs", "--url", quiet.url().toString(), "--key-file", key.toString());
    }

    @Test
    void unreachableMasterExitsWithFour() throws IOException {
        Path key = Files.writeString(folder.path("key"), "a-key");

        ended(4, "jobs", "--url", "http://127.0.0.1:1", "--key-file", key.toString());
    }

    @Test
    void foregroundMasterStopsOnSigterm() {
        Path data = folder.path("data");
        Program master = launch(
                "master",
                "--server.port=0",
                "--minimalcluster.data=" + data,
                "--minimalcluster.executor.minimum-isolation=process");
        try {
            Await.until("the master to answer", () -> {
                assertThat(master.isAlive()).as(master.tail()).isTrue();
                return Files.exists(data.resolve("master.url"));
            });

            master.terminate();

            assertThat(master.exitCode(TIMEOUT)).isIn(0, 143);
            assertThat(master.descendants()).isEmpty();
        } finally {
            master.close();
        }
    }

    @Test
    void misspeltSettingGetsASuggestion() {
        Program master = launch("master", "--server.port=0", "--minimalcluster.local-worker.enable=false");

        assertThat(master.exitCode(TIMEOUT)).isEqualTo(2);
        assertThat(master.output()).contains("minimalcluster.local-worker.enabled");
    }

    @Test
    void foregroundWorkerRunsAJobAndStopsOnSigterm() throws IOException {
        Path key = Files.writeString(folder.path("worker.key"), quiet.workerKey());
        try (Program worker = launch(
                "worker",
                quiet.url().toString(),
                "--key-file",
                key.toString(),
                "--slots=1",
                "--name",
                "it's a worker",
                "--label",
                "at=front",
                "--minimalcluster.executor.minimum-isolation=process")) {
            String job = quiet.alice()
                    .start(
                            "long square(long x) { return x * x; }",
                            "square",
                            "[1,2,3]",
                            "{\"requires\":{\"at\":\"front\"}}");
            assertThat(quiet.alice().values(job)).isEqualTo("[1,4,9]");
            assertThat(quiet.alice().get("/workers").text()).contains("it's a worker");

            worker.terminate();

            assertThat(worker.exitCode(TIMEOUT)).as(worker.tail()).isIn(0, 143);
            assertThat(worker.descendants()).isEmpty();
        }
    }
}
