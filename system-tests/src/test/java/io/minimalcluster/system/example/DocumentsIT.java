package io.minimalcluster.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.ClassCacheTraining;
import io.minimalcluster.system.harness.CodeBlocks;
import io.minimalcluster.system.harness.CommandLine;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the shell blocks of each document in one shell, with a separate home folder. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class DocumentsIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    /** Commands on a new cluster, in an order in which the example of each works. */
    private static final List<String> COMMANDS =
            List.of(("explain pause resume cancel retry cancel load register submit follow values results job jobs run "
                            + "functions environments workers status backup help version top wait task logs completion "
                            + "keys delete")
                    .split(" "));

    private static final List<String> LAST_COMMANDS = List.of("drain", "down");

    private static final AtomicBoolean DEFAULT_PORT_IS_USED = new AtomicBoolean();

    private final Folder folder = Folder.create("documents");

    @BeforeAll
    static void prepare() {
        ClassCacheTraining.once();
    }

    @AfterEach
    void clean() {
        try (Program down =
                shell("ls ~/.minimalcluster/*.process >/dev/null 2>&1 || exit 0; ./minimalcluster down --timeout 1")) {
            down.exitCode(TIMEOUT);
        }
        folder.close();
    }

    private Program shell(String script) {
        List<String> command = new ArrayList<>(List.of("env", "HOME=" + folder.path(".")));
        command.addAll(Installation.launcherVariables());
        command.addAll(List.of("sh", "-c", "set -e; cd \"$0\"; " + script, Installation.HOME.toString()));
        return Program.start("sh", command, folder.path("."));
    }

    private String run(String script) {
        try (Program shell = shell(script)) {
            assertThat(shell.exitCode(TIMEOUT)).as(shell.tail()).isZero();
            return shell.output();
        }
    }

    /** Replaces the default port if another test or process uses it. */
    private static String withFreePort(String script) {
        return DEFAULT_PORT_IS_USED.getAndSet(true) || isInUse(8080)
                ? script.replace("./minimalcluster up", "./minimalcluster up --port 0")
                : script;
    }

    private static boolean isInUse(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void tutorialRuns() throws IOException {
        String output = run(withFreePort(CodeBlocks.of("docs/tutorial.md", "sh")));

        assertThat(output)
                .contains(
                        "A cluster is up at",
                        "2 workers",
                        "8\n16\n111\n",
                        "\n524\n",
                        "\n80\n",
                        "\n19\n",
                        "exit code 3",
                        "exit code 1")
                .contains("by zero", "\"values\":[8,16,111]", "x is 0", "worker-1", "has ended");
    }

    @Test
    void readmeMigrationGuideAndHelpExamplesRunOnOneCluster() throws IOException {
        Files.writeString(
                folder.path("Nap.java"),
                "int nap(int millis) throws InterruptedException { Thread.sleep(millis); return millis; }");

        List<String> outputs = runInTurn(
                """
                ./minimalcluster up
                ./minimalcluster load ~/Nap.java
                ./minimalcluster submit nap --env last --args '[600000]'
                """ + helpExamples(COMMANDS),
                withoutDown(CodeBlocks.of("README.md", "sh")),
                withoutDown(CodeBlocks.of("docs/from-minimalcluster.md", "sh")),
                helpExamples(LAST_COMMANDS));

        assertThat(outputs.get(0))
                .contains("PAUSED", "999\t", "SUCCEEDED", "\n3.14", "pi(long)")
                .containsPattern("CANCELLED: .*\njob-\\w+ (QUEUED|RUNNING): 1 task"); // a worker may be faster
        assertThat(outputs.get(1)).contains("1\n4\n9\n", "\n3.14", "[1,4,9]", "13.0", "\"reduced\":3.14");
        assertThat(outputs.get(2)).contains("3.14", "13.0", "{\"1\":1,\"2\":4,\"3\":9}");
        assertThat(outputs.get(3)).contains("has ended");
    }

    /** Runs scripts in one shell and returns the output of each. */
    private List<String> runInTurn(String... scripts) {
        String marker = "== next script ==\n";
        String all = String.join("\necho '" + marker.strip() + "'\n", scripts);
        List<String> outputs = List.of(run(withFreePort(all)).split(marker, -1));
        assertThat(outputs).hasSize(scripts.length);
        return outputs;
    }

    /** Removes the command that stops the cluster, which the next script uses. */
    private static String withoutDown(String script) {
        Pattern down = Pattern.compile("(?m)^\\./minimalcluster down\\b.*\\n");
        assertThat(script).containsPattern(down);
        return down.matcher(script).replaceAll("");
    }

    /** The examples in the help of commands, as a script. */
    private static String helpExamples(List<String> commands) {
        return commands.stream()
                .flatMap(command -> help(command).lines())
                .filter(line -> line.startsWith("  ./minimalcluster"))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
    }

    private static String help(String command) {
        return CommandLine.ended(0, Map.of(), "help", command);
    }
}
