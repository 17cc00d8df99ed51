package io.minimalcluster.client;

import io.minimalcluster.model.job.Job;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run. Close it.
 *
 * @param job the state of the job at the end of the wait
 * @param values stream of values in the order of the arguments, with null for a task without a value; empty if the job
 *     has not ended or the response contains only {@link Job#reduced()}
 */
public record RunResult<T>(Job job, Optional<Stream<@Nullable T>> values) implements AutoCloseable {
    @Override
    public void close() {
        values.ifPresent(Stream::close);
    }
}
