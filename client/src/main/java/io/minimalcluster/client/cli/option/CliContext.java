package io.minimalcluster.client.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The environment in which a command runs.
 *
 * @param in standard input
 * @param out standard output, for results
 * @param err standard error, for progress and messages
 * @param terminal whether {@code err} is a terminal
 * @param screen the terminal of the standard streams
 * @param folder working directory, to which relative paths are resolved
 * @param environment environment variables
 * @param nanoTime monotonic clock in nanoseconds
 * @param interrupts source of SIGINT
 */
public record CliContext(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Screen screen,
        Path folder,
        Map<String, String> environment,
        LongSupplier nanoTime,
        InterruptSource interrupts) {
    public CliContext {
        environment = Map.copyOf(environment);
    }

    public PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, UTF_8), true);
    }

    public PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, UTF_8), true);
    }
}
