package io.minimalcluster.client.cli;

import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.Screen;
import io.minimalcluster.client.local.Installation;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs typical commands on a running cluster in one JVM, which records a class cache of the command line. The arguments
 * are the options that choose the master.
 */
public final class CommandLineTraining {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("help", "run"),
            List.of("status"),
            List.of("workers"),
            List.of("load", "examples/Pi.java"),
            List.of("run", "examples/Pi.java", "-f", "pi", "--range", "0..100", "--reduce", "mean"),
            List.of("submit", "pi", "--env", "last", "--args", "[1,2,3]"),
            List.of("follow", "last"),
            List.of("values", "last"),
            List.of("results", "last"),
            List.of("wait", "last"),
            List.of("job", "last"),
            List.of("task", "last", "0"),
            List.of("logs", "last"),
            List.of("top"),
            List.of("environments"),
            List.of("jobs"));

    private CommandLineTraining() {}

    public static void main(String[] masterOptions) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        CliContext context = new CliContext(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                false,
                Screen.NONE,
                Installation.current().home(),
                Map.of(),
                System::nanoTime,
                new ProcessSignals());
        for (List<String> command : COMMANDS) {
            CommandLineClient.run(
                    context,
                    Stream.concat(command.stream(), Stream.of(masterOptions)).toArray(String[]::new));
        }
    }
}
