package io.minimalcluster.task.execute;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sample functions of the {@link Warmup}, loaded like user code. */
@SuppressWarnings({"UnusedMethod", "unused"}) // called by name
final class WarmupSample {
    private WarmupSample() {}

    record Pair(String name, double value, Optional<Duration> time) {}

    static long number(long x) {
        return x;
    }

    static double fraction(double x, int y) {
        return x / y;
    }

    static String text(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no text");
        }
        return text;
    }

    static Set<Integer> set(Set<Integer> numbers) {
        return numbers;
    }

    static Map<String, List<Pair>> records(List<Pair> pairs) {
        return Map.of("pairs", pairs);
    }
}
