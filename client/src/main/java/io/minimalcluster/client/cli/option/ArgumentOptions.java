package io.minimalcluster.client.cli.option;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.job.TaskRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the arguments of a job, which exclude each other. */
public final class ArgumentOptions {
    /** The name of a file that means standard input. */
    public static final String STANDARD_INPUT = "-";

    @Option(names = "--args", paramLabel = "JSON", description = "A JSON array, such as [1,2,3] or [[1,2],[3,4]].")
    private @Nullable String array;

    @Option(
            names = "--args-file",
            paramLabel = "FILE",
            description = "A file with a JSON array; '-' is the standard input.")
    private @Nullable String file;

    @Option(
            names = "--lines",
            paramLabel = "FILE",
            description = "A file with a JSON value a line; '-' is the standard input, which is the default in a pipe.")
    private @Nullable String lines;

    @Option(
            names = "--range",
            paramLabel = "A..B",
            converter = RangeParser.class,
            description = "The whole numbers from A up to, and without, B.")
    private @Nullable TaskRange range;

    /** The given arguments. Without any option they are lines of standard input, unless that is a terminal. */
    public static Arguments of(@Nullable ArgumentOptions given, CliContext context) {
        if (given != null) {
            return given.in(context);
        }
        if (context.screen().input()) {
            throw new UsageException(
                    "give the arguments with --args, --args-file, --lines or --range, or as JSON lines in a pipe");
        }
        return new Arguments.JsonLinesFrom(context.in());
    }

    /** Whether the arguments come from standard input, also by the name that the system has for it. */
    public static boolean readsInput(@Nullable ArgumentOptions given, CliContext context) {
        return given == null || isInput(given.file, context) || isInput(given.lines, context);
    }

    private static boolean isInput(@Nullable String file, CliContext context) {
        if (file == null || file.equals(STANDARD_INPUT)) {
            return file != null;
        }
        Path path = context.folder().resolve(file);
        try {
            return Arguments.isReadOnce(path) && Files.isSameFile(path, Path.of("/dev/stdin"));
        } catch (IOException _) {
            return false; // a system without such a name
        }
    }

    /**
     * The arguments. JSON is validated here, because the master's error would give a column of the request body, which
     * the user does not see.
     */
    private Arguments in(CliContext context) {
        if (range != null) {
            return new Arguments.Range(range);
        }
        if (lines != null) {
            return lines.equals(STANDARD_INPUT)
                    ? new Arguments.JsonLinesFrom(context.in())
                    : new Arguments.JsonLines(readable(context.folder().resolve(lines)));
        }
        if (file != null) {
            return file.equals(STANDARD_INPUT)
                    ? new Arguments.Json(JsonArray.validated("--args-file -", text(context)))
                    : new Arguments.JsonFile(readable(context.folder().resolve(file)));
        }
        return new Arguments.Json(JsonArray.validated("--args", array == null ? "" : array));
    }

    private static String text(CliContext context) {
        try {
            return new String(context.in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UsageException("can't read " + file);
        }
        return file;
    }
}
