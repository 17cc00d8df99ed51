package io.minimalcluster.benchmarks;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param rounds how often each figure is taken
 * @param json where the figures go as JSON as well
 */
record BenchmarkOptions(int rounds, @Nullable Path json) {
    private static final String USAGE = "usage: bench [--quick] [--json FILE]";

    static BenchmarkOptions of(String... words) {
        int rounds = 7;
        Path json = null;
        Iterator<String> rest = List.of(words).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--quick")) {
                rounds = 3;
            } else if (word.equals("--json") && rest.hasNext()) {
                json = Path.of(rest.next());
            } else {
                throw new IllegalArgumentException(USAGE);
            }
        }
        return new BenchmarkOptions(rounds, json);
    }
}
