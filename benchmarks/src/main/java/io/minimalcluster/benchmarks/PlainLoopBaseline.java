package io.minimalcluster.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The baseline of the factorizations: two threads without a cluster, each for every other number. */
public final class PlainLoopBaseline {
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
            count += factorsOf(i).size();
        }
        return count;
    }

    /** The factors of the i-th number of the example. */
    public static List<Long> factorsOf(int i) {
        return factorize(999_999_999_999L + 2L * i);
    }

    /** The algorithm of the example that the cluster runs. */
    private static List<Long> factorize(long number) {
        List<Long> factors = new ArrayList<>();
        long rest = number;
        for (long divisor = 2; divisor * divisor <= rest; divisor += divisor == 2 ? 1 : 2) {
            while (rest % divisor == 0) {
                factors.add(divisor);
                rest /= divisor;
            }
        }
        if (rest > 1) {
            factors.add(rest);
        }
        return factors;
    }
}
