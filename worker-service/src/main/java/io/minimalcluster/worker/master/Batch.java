package io.minimalcluster.worker.master;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.LeaseId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A batch of tasks, with its lease.
 *
 * @param scope an executor is reused for another job of the same scope only
 * @param first the index of the task at position 0, if {@code indexes} is null
 * @param indexes the indexes by position; null if they are consecutive
 * @param arguments the arguments of the tasks
 * @param attempt the number of the attempt, from 1
 * @param taskTimeout the timeout of one task; zero for none
 * @param fold whether the argument of a task is an array that the binary function folds
 * @param shared the digest of a value that all tasks get as their last argument; null for none
 */
public record Batch(
        LeaseId leaseId,
        JobId jobId,
        EnvironmentId environmentId,
        String scope,
        String method,
        long first,
        int count,
        long @Nullable [] indexes,
        Arguments arguments,
        int attempt,
        Duration taskTimeout,
        int maxResultBytes,
        boolean network,
        boolean fold,
        @Nullable String shared) {
    public Batch {
        if (count < 1 || first < 0 || maxResultBytes < 1 || taskTimeout.isNegative()) {
            throw new IllegalArgumentException("a batch out of bounds");
        }
        if (indexes != null && indexes.length != count) {
            throw new IllegalArgumentException("a batch of " + count + " tasks with " + indexes.length + " indexes");
        }
    }

    /** A batch of which only the lease is known for certain. */
    static Batch unreadable(LeaseId lease, String job, long first, String reason) {
        return new Batch(
                lease,
                new JobId(job),
                new EnvironmentId(""),
                "",
                "",
                first,
                1,
                null,
                new Arguments.Unreadable(reason),
                1,
                Duration.ZERO,
                1,
                false,
                false,
                null);
    }

    /** The arguments of a batch. */
    public sealed interface Arguments {
        /** What could not be read. The batch is to be refused for this reason, and its other fields may be missing. */
        record Unreadable(String reason) implements Arguments {}

        /** A JSON array with an argument for each position. */
        record Listed(byte[] json) implements Arguments {}

        /** The range of the whole job: index {@code i} has the argument {@code from + i * step}. */
        record Range(long from, long step) implements Arguments {
            /** The argument of an index. */
            public long at(long index) {
                return from + index * step;
            }

            /** The arguments of a batch as a JSON array. */
            public byte[] listed(Batch batch) {
                StringJoiner json = new StringJoiner(",", "[", "]");
                for (int position = 0; position < batch.count(); position++) {
                    json.add(Long.toString(at(batch.indexAt(position))));
                }
                return json.toString().getBytes(StandardCharsets.US_ASCII);
            }
        }
    }

    /** The index of the task at a position. */
    public long indexAt(int position) {
        return indexes == null ? first + position : indexes[position];
    }

    /**
     * The number of a position in result parts and orders: its index, or the position itself if {@code indexes} is set.
     */
    public long reportedPosition(int position) {
        return indexes == null ? first + position : position;
    }

    /** The position with a number, see {@link #reportedPosition}, clamped to 0 and the count. */
    public int positionOf(long reported) {
        return Math.clamp(indexes == null ? reported - first : reported, 0, count);
    }
}
