package com.example;

import io.minimalcluster.client.Cluster;
import io.minimalcluster.client.TaskFailedException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Runs functions of this program on a cluster. Start one with {@code ./minimalcluster up}. */
class Simulation {
    record Walk(long seed, int steps) {}

    record End(int x, int y, double distance) {}

    /** A random walk. The same seed gives the same walk, so a task that runs twice does no harm. */
    static End walk(Walk walk) {
        SplittableRandom random = new SplittableRandom(walk.seed());
        int x = 0;
        int y = 0;
        for (int step = 0; step < walk.steps(); step++) {
            switch (random.nextInt(4)) {
                case 0 -> x++;
                case 1 -> x--;
                case 2 -> y++;
                default -> y--;
            }
        }
        return new End(x, y, Math.hypot(x, y));
    }

    static long inverse(long x) {
        return 100 / x;
    }

    public static void main(String[] args) {
        try (Cluster cluster = Cluster.connect()) {
            List<Walk> walks = LongStream.range(0, 100)
                    .mapToObj(seed -> new Walk(seed, 10_000))
                    .toList();
            List<End> ends = cluster.map(Simulation::walk, walks);
            System.out.printf(
                    "mean distance of %d walks: %.1f%n",
                    ends.size(), ends.stream().mapToDouble(End::distance).average().orElse(0));

            long factor = 3;
            System.out.println(cluster.map(x -> x * factor, List.of(1L, 2L, 3L)));

            try (Stream<Long> squares =
                    cluster.function((Long x) -> x * x).stream(LongStream.range(0, 10_000).boxed())) {
                System.out.println("sum of squares: " + squares.mapToLong(x -> x).sum());
            }

            try {
                cluster.map(Simulation::inverse, List.of(1L, 0L));
            } catch (TaskFailedException e) {
                System.out.println("argument " + e.argument() + ": " + e.type().orElse(""));
            }
        }
    }
}
