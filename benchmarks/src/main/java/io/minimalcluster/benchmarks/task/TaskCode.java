package io.minimalcluster.benchmarks.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The algorithms of the examples that the cluster runs. */
public final class TaskCode {
    private TaskCode() {}

    /** Returns 1 for each point that is in the quarter circle, and 0 for others. */
    public static int[] inside(long first, int count) {
        int[] inside = new int[count];
        for (int i = 0; i < count; i++) {
            inside[i] = inside(first + i);
        }
        return inside;
    }

    /** The number of points that are in the quarter circle. */
    public static long countInside(int points) {
        long inside = 0;
        for (int i = 0; i < points; i++) {
            inside += inside(i);
        }
        return inside;
    }

    private static int inside(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double x = random.nextDouble();
        double y = random.nextDouble();
        return x * x + y * y <= 1 ? 1 : 0;
    }

    /** The factors of the i-th number of the example. */
    public static List<Long> factorsOf(int i) {
        return factorize(999_999_999_999L + 2L * i);
    }

    /** Finds the factors of the first numbers of the example, and returns how many these are. */
    public static long countFactors(int numbers) {
        long factors = 0;
        for (int i = 0; i < numbers; i++) {
            factors += factorsOf(i).size();
        }
        return factors;
    }

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
