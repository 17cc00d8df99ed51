package io.minimalcluster.system.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.client.cli.CommandLineClient;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Runs commands of the command line in this process. That costs much less than a process for each command. */
public final class CommandLine {
    private CommandLine() {}

    /** Runs a command with environment variables, checks its exit code and returns the output of both streams. */
    public static String ended(int exit, Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, false, UTF_8);
        CliContext context = new CliContext(
                InputStream.nullInputStream(),
                printed,
                printed,
                false,
                Screen.NONE,
                Installation.HOME,
                environment,
                System::nanoTime,
                _ -> () -> {});
        int code = CommandLineClient.run(context, words);
        String output = out.toString(UTF_8);
        if (code != exit) {
            throw new AssertionError(List.of(words) + " ended with " + code + " and not " + exit + ": " + output);
        }
        return output;
    }
}
