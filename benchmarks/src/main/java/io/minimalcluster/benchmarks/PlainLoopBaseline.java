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

    static void factorize(int numbers) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Integer>> found = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                found.add(threads.submit(() -> factors(first, numbers)));
            }
            for (Future<Integer> part : found) {
                if (part.get() < numbers / THREADS) {
                    throw new IllegalStateException("a number without a factor");
                }
            }
        }
    }

    private static int factors(int first, int numbers) {
        int count = 0;
        for (int i = first; i < numbers; i += THREADS) {
            count += TaskCode.factorsOf(i).size();
        }
        return count;
    }
}
