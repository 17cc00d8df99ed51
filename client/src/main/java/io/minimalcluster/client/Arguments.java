package io.minimalcluster.client;

import io.minimalcluster.model.job.TaskRange;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** What a job maps its function over; each element is a task. */
public sealed interface Arguments {
    /** Values that become JSON as Jackson writes them. */
    record Values(List<?> values) implements Arguments {}

    /** Whole numbers that the cluster generates, as a loop gives them. */
    record Range(TaskRange range) implements Arguments {}

    /** A JSON array as text. */
    record Json(String array) implements Arguments {}

    /** A file that holds a JSON array; it is streamed, whatever its length. */
    record JsonFile(Path file) implements Arguments {}

    /** A file with a JSON value a line; it is streamed, whatever its length. */
    record JsonLines(Path file) implements Arguments {}

    /** A JSON value a line, as they come; what was read can't be sent again where the connection fails. */
    record JsonLinesFrom(InputStream lines) implements Arguments {}

    static Arguments of(List<?> values) {
        return new Values(values);
    }

    /** The whole numbers from {@code from} up to, and without, {@code to}. */
    static Arguments range(long from, long to) {
        return new Range(new TaskRange(from, to, null));
    }
}
