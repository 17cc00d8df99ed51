package io.minimalcluster.benchmarks;

import java.io.Serializable;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** The tasks of the workloads. They are on the class path of the members. */
final class HazelcastTasks {
    private HazelcastTasks() {}

    /** A chunk of Pi: one value per point, as the example returns it. */
    record PiChunk(long first, int count) implements Callable<int[]>, Serializable {
        @Override
        public int[] call() {
            int[] inside = new int[count];
            for (int i = 0; i < count; i++) {
                SplittableRandom random = new SplittableRandom(first + i);
                double x = random.nextDouble();
                double y = random.nextDouble();
                inside[i] = x * x + y * y <= 1 ? 1 : 0;
            }
            return inside;
        }
    }

    /** The factors of the n-th number. */
    record Factors(int n) implements Callable<long[]>, Serializable {
        @Override
        public long[] call() {
            return PlainLoopBaseline.factorsOf(n).stream()
                    .mapToLong(Long::longValue)
                    .toArray();
        }
    }

    /** Returns its argument. */
    record Same(long argument) implements Callable<Long>, Serializable {
        @Override
        public Long call() {
            return argument;
        }
    }

    /** The length of a text. */
    record Length(String text) implements Callable<Integer>, Serializable {
        @Override
        public Integer call() {
            return text.length();
        }
    }
}
