package io.minimalcluster.benchmarks;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command-line options.
 *
 * @param rounds the number of samples of each measurement
 * @param curves whether to measure curves instead
 * @param peers whether to measure other systems too
 * @param json an additional output file with JSON; null for none
 */
record BenchmarkOptions(
        int rounds, boolean curves, boolean peers, @Nullable Path json) {
    private static final String USAGE =
            "usage: bench [--quick] [--peers] [--json FILE] | --curves [--quick] | --micro [--quick]";

    static BenchmarkOptions of(String... words) {
        int rounds = 7;
        boolean curves = false;
        boolean peers = false;
        Path json = null;
        Iterator<String> rest = List.of(words).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--quick")) {
                rounds = 3;
            } else if (word.equals("--curves")) {
                curves = true;
            } else if (word.equals("--peers")) {
                peers = true;
            } else if (word.equals("--json") && rest.hasNext()) {
                json = Path.of(rest.next());
            } else {
                throw new IllegalArgumentException(USAGE);
            }
        }
        if (curves && (peers || json != null)) {
            throw new IllegalArgumentException(USAGE);
        }
        return new BenchmarkOptions(rounds, curves, peers, json);
    }
}
