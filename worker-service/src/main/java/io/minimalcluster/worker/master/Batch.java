package io.minimalcluster.worker.master;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.LeaseId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Tasks handed out together, with the right to them.
 *
 * @param scope an executor may serve another job only if it has the same scope
 * @param first the index of the task at position 0, where {@code indexes} is null
 * @param indexes the indexes by position, where they are not consecutive
 * @param arguments what the tasks are called with
 * @param attempt which try of these tasks it is, from 1
 * @param taskTimeout zero for none
 * @param fold whether a task is an array, over which the function of two is folded
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

    /** The arguments of a batch. */
    public sealed interface Arguments {
        /** A JSON array with an argument for each position. */
        record Listed(byte[] json) implements Arguments {}

        /** Those of the whole job: that of index {@code i} is {@code from + i * step}. */
        record Range(long from, long step) implements Arguments {
            /** The argument of an index. */
            public long at(long index) {
                return from + index * step;
            }

            /** Those of a batch as a JSON array. */
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

    /** Where the position is counted from in parts of results: an index, or a place in {@code indexes}. */
    public long placeOf(int position) {
        return indexes == null ? first + position : position;
    }

    /** The position of a place, see {@link #placeOf}; within 0 and the count. */
    public int positionOf(long place) {
        return Math.clamp(indexes == null ? place - first : place, 0, count);
    }
}
