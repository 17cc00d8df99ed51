package io.minimalcluster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.ClassCacheTraining;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.CommandLine;
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
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Tests the commands of the launcher script that need a cluster, on the packaged build. Most commands run in the
 * process of the test; {@code DocumentsIT} runs each of them by the launcher.
 */
@UseShared(Cluster.class)
@Order(2)
class LauncherCommandsIT {
    private static final Duration TIMEOUT = Await.LONG;
    private static final Pattern JOB = Pattern.compile("job-[0-9a-z]+");
    private static final Pattern ENVIRONMENT = Pattern.compile("env-[0-9a-z]+");
    private static final String EXAMPLE =
            Installation.HOME.resolve("examples/Hypot.java").toString();

    private final Folder folder = Folder.create("launcher");
    private final LauncherScript script = new LauncherScript(folder);
    private final Cluster cluster;

    LauncherCommandsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void prepare() {
        ClassCacheTraining.once();
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private String onCluster(int exit, String... words) {
        return CommandLine.ended(exit, Map.of(), withCluster(words));
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

    /** The environment variables that name the cluster. */
    private Map<String, String> variables() {
        return Map.of(
                "MINIMALCLUSTER_URL",
                cluster.master().url().toString(),
                "MINIMALCLUSTER_AUTHKEY",
                cluster.master().read("authkey"));
    }

    private String withVariables(int exit, String... words) {
        return CommandLine.ended(exit, variables(), words);
    }

    private String byLauncher(String... words) {
        List<String> assignments = variables().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
        return script.ended(0, assignments, words);
    }

    /**
     * Starts the launcher with SIGINT enabled, because some parent processes ignore it, such as a shell with background
     * jobs.
     */
    private Program launchInterruptible(String... words) {
        return script.launch(List.of("--default-signal=INT"), words);
    }

    @Test
    void methodsOfJshellRunOnTheCluster() throws IOException {
        Path snippets = folder.path("square.jsh");
        Files.writeString(snippets, """
                long square(long x) { return x * x; }
                System.out.println("values " + cluster.map(x -> square(x), List.of(1L, 2L, 3L)));
                /exit
                """);

        String output = byLauncher("jshell", snippets.toString());

        assertThat(output).contains("values [1, 4, 9]");
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
        assertThat(onCluster(0, "job", job)).contains(job).doesNotContain("CANCELLED");

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
        Matcher environment = ENVIRONMENT.matcher(onCluster(0, "load", EXAMPLE));
        assertThat(environment.find()).isTrue();

        onCluster(0, "register", environment.group(), "hypotenuse");

        assertThat(onCluster(0, "functions")).contains("hypotenuse");
        assertThat(onCluster(0, "run", EXAMPLE, "-f", "hypotenuse", "--args", "[[3,4],[5,12]]"))
                .contains("5.0")
                .contains("13.0");
        assertThat(onCluster(0, "jobs")).contains("SUCCEEDED");
        assertThat(onCluster(0, "workers")).containsIgnoringCase("active");
    }

    @Test
    void commandsUseTheMasterOfEnvironmentVariables() {
        Matcher environment = ENVIRONMENT.matcher(byLauncher("load", EXAMPLE));
        assertThat(environment.find()).isTrue();
        assertThat(withVariables(0, "environments")).contains(environment.group());
        assertThat(byLauncher("status")).contains(cluster.master().url().toString(), "active");
        String submitted = byLauncher("submit", "hypotenuse", "--env", environment.group(), "--args", "[[3,4],[8,15]]");
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
                        onCluster(0, "submit", "talk", "--env", "last", "--args", "[1,0]", "--label", "at=desk"))
                .results()
                .findFirst()
                .orElseThrow()
                .group();

        assertThat(onCluster(1, "wait", job)).contains(job + " FAILED: 2 tasks, 1 failed");
        assertThat(onCluster(0, "jobs", "--label", "at=desk", "-q")).contains(job);
        assertThat(onCluster(0, "task", job, "1"))
                .contains("java.lang.ArithmeticException: / by zero", "at Talk.talk(Talk.java:3)", "  x is 0");
        assertThat(onCluster(0, "logs", job, "0")).contains("x is 1");
        assertThat(onCluster(0, "top")).contains("slots  [", "FAILED");
        assertThat(onTerminal("jobs")).contains("\033[31mFAILED");
        assertThat(onTerminal("jobs", "--limit", "2").lines())
                .isNotEmpty()
                .allMatch(line -> line.replaceAll("\033\\[[0-9]*m", "").length() <= 80);
        onCluster(0, "delete", job);
        assertThat(onCluster(3, "job", job)).contains("There is no job");
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

    @Test
    void failedJobExitsWithOne() throws IOException {
        Path source = folder.path("Fail.java");
        Files.writeString(source, "int fail(int x) { return x / 0; }");

        assertThat(script.ended(1, withCluster("run", source.toString(), "-f", "fail", "--args", "[1]")))
                .contains("by zero");
    }
}
