package io.minimalcluster.benchmarks;

import io.minimalcluster.benchmarks.task.TaskCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The baseline of the factorizations: two threads without a cluster, each for every other number. */
final class PlainLoopBaseline {
    private static final int THREADS = 2;

    private PlainLoopBaseline() {}

    /** Returns how many factors were found. */
    static long factorize(int numbers) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Long>> found = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                found.add(threads.submit(() -> factors(first, numbers)));
            }
            long factors = 0;
            for (Future<Long> part : found) {
                factors += part.get();
            }
            return factors;
        }
    }

    private static long factors(int first, int numbers) {
        long count = 0;
        for (int i = first; i < numbers; i += THREADS) {
            count += TaskCode.factorsOf(i).size();
        }
        return count;
    }
}
