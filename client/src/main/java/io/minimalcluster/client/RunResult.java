package io.minimalcluster.client;

import io.minimalcluster.model.job.Job;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run. Close it.
 *
 * @param job as it stood when the wait was over
 * @param values in the order of the arguments, null for a task without one, read as they are consumed; empty where the
 *     job has not ended, or where the master answers with {@link Job#reduced()} alone
 */
public record RunResult<T>(Job job, Optional<Stream<@Nullable T>> values) implements AutoCloseable {
    @Override
    public void close() {
        values.ifPresent(Stream::close);
    }
}
