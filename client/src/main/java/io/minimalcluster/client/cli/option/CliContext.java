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
 * What a command finds around it.
 *
 * @param in what is piped in
 * @param out for what was asked for
 * @param err for what is said about it
 * @param terminal whether a person watches {@code err}
 * @param folder where relative files are
 * @param nanoTime a clock to measure with
 * @param interrupts where Ctrl-C is told
 */
public record CliContext(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
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
