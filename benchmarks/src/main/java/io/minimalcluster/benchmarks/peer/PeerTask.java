package io.minimalcluster.benchmarks.peer;

import io.minimalcluster.benchmarks.task.TaskCode;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A task of the workloads. It is on the class path of all workers. */
public enum PeerTask {
    /** A chunk of Pi: one value per point, as the example returns it. The argument is the index of the chunk. */
    POINTS {
        @Override
        public Object run(Object argument) {
            return TaskCode.inside((long) (Integer) argument * CHUNK, CHUNK);
        }

        @Override
        long total(Object value) {
            return IntStream.of((int[]) value).asLongStream().sum();
        }
    },
    /** The factors of the n-th number. */
    FACTORS {
        @Override
        public Object run(Object argument) {
            return TaskCode.factorsOf((Integer) argument).stream()
                    .mapToLong(Long::longValue)
                    .toArray();
        }

        @Override
        long total(Object value) {
            return ((long[]) value).length;
        }
    },
    /** Returns its argument. */
    SAME {
        @Override
        public Object run(Object argument) {
            return argument;
        }

        @Override
        long total(Object value) {
            return (Integer) value;
        }
    },
    /** The length of a text. */
    LENGTH {
        @Override
        public Object run(Object argument) {
            return ((String) argument).length();
        }

        @Override
        long total(Object value) {
            return (Integer) value;
        }

        @Override
        List<? extends Serializable> arguments(int count) {
            return Collections.nCopies(count, TEXT);
        }
    };

    /** The number of chunks that Pi is cut into by hand. */
    public static final int CHUNKS = 8;

    /** A large argument. */
    public static final String TEXT = "x".repeat(100_000);

    private static final int CHUNK = 1_000_000 / CHUNKS;

    public abstract Object run(Object argument);

    /** A number that the values of a workload are checked by: the sum of it over all values. */
    abstract long total(Object value);

    List<? extends Serializable> arguments(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
