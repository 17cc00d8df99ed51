package io.minimalcluster.client.cli.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that print the values of a job. */
public final class ValueOptions {
    /** The form of printed values. */
    public enum Format {
        /** One JSON value a line. */
        JSONL,
        /** Comma-separated values with a header (RFC 4180). */
        CSV,
        /** Aligned columns. */
        TABLE
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}: a JSON value a line (the default), or columns, with one for each"
                    + " component of a record.")
    private Format format = Format.JSONL;

    @Option(names = "--arguments", description = "With csv and table: a column with the argument.")
    private boolean arguments;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the values to a file, which appears when it is complete.")
    private @Nullable Path file;

    public Format format() {
        return format;
    }

    public boolean withArguments() {
        return arguments;
    }

    public @Nullable Path file() {
        return file;
    }
}
