package io.minimalcluster.client;

import io.minimalcluster.model.job.TaskRange;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** The arguments of a job. Each element becomes one task. */
public sealed interface Arguments {
    /** Values, which are written as executors write them. */
    record Values(List<?> values) implements Arguments {}

    /** A range of integers that the master generates. */
    record Range(TaskRange range) implements Arguments {}

    /** A JSON array as text. */
    record Json(String array) implements Arguments {}

    /**
     * A file that contains a JSON array. The client streams it, so its size is not limited by memory. It can't retry
     * the request if the file is {@linkplain #isReadOnce read once}.
     */
    record JsonFile(Path file) implements Arguments {}

    /**
     * A file of JSON lines. The client streams it, so its size is not limited by memory. It can't retry the request if
     * the file is {@linkplain #isReadOnce read once}.
     */
    record JsonLines(Path file) implements Arguments {}

    /** A stream of JSON lines. The client can't retry the request, because it can read the stream only once. */
    record JsonLinesFrom(InputStream lines) implements Arguments {}

    /**
     * Values that the client writes while it sends them, so that memory does not grow with their number.
     *
     * @param values iterators over the same values: one for the request, and one for each of its retries
     * @param once whether the values can be read only once, so that the request is not retried
     */
    record Each(Supplier<? extends Iterator<?>> values, boolean once) implements Arguments {}

    /** Whether a file can be read only once and has no length, such as a pipe: it exists and is no regular file. */
    static boolean isReadOnce(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    static Arguments of(List<?> values) {
        return new Values(values);
    }

    /** The integers from {@code from} (inclusive) to {@code to} (exclusive). */
    static Arguments range(long from, long to) {
        return new Range(new TaskRange(from, to, null));
    }
}
