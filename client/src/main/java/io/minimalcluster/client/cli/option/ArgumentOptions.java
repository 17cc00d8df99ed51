package io.minimalcluster.client.cli.option;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.job.TaskRange;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The options for the arguments of a job, which exclude each other. */
public final class ArgumentOptions {
    @Option(names = "--args", paramLabel = "JSON", description = "A JSON array, such as [1,2,3] or [[1,2],[3,4]].")
    private @Nullable String array;

    @Option(names = "--args-file", paramLabel = "FILE", description = "A file that holds a JSON array.")
    private @Nullable Path file;

    @Option(
            names = "--range",
            paramLabel = "A..B",
            converter = RangeParser.class,
            description = "The whole numbers from A up to, and without, B.")
    private @Nullable TaskRange range;

    public Arguments in(Path folder) {
        if (range != null) {
            return new Arguments.Range(range);
        }
        if (file != null) {
            return new Arguments.JsonFile(readable(folder.resolve(file)));
        }
        return new Arguments.Json(validated(array == null ? "" : array));
    }

    /** Checks that a file of arguments can be read. */
    public static Path readable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UsageException("can't read " + file);
        }
        return file;
    }

    /**
     * Validates the JSON on the client. The master's error would give a column of the request body, which the user does
     * not see.
     */
    private static String validated(String text) {
        try {
            if (JsonMapper.shared().readTree(text).isArray()) {
                return text;
            }
        } catch (JacksonException e) {
            throw new UsageException("--args is not JSON: " + e.getOriginalMessage());
        }
        throw new UsageException("--args takes a JSON array, such as [1,2,3]");
    }
}
