package io.minimalcluster.master.result.timeline;

import io.minimalcluster.master.result.timeline.JobTimeline.DurationClass;
import java.util.List;
import java.util.stream.IntStream;

/** Counts run times in classes whose bounds are 1, 2 and 5 times each power of ten, from a microsecond on. */
final class DurationHistogram {
    private static final int[] STEPS = {1, 2, 5};
    private static final int CLASSES = 33; // the last begins at about a day

    private final long[] tasks = new long[CLASSES];
    private long total;

    void add(long micros, long count) {
        int place = 0;
        while (place < CLASSES - 1 && micros >= bound(place)) {
            place++;
        }
        tasks[place] += count;
        total += count;
    }

    /** Exclusive upper bound of a class in microseconds. */
    private static long bound(int place) {
        int exponent = place / STEPS.length;
        return STEPS[place % STEPS.length] * Math.round(Math.pow(10, exponent));
    }

    /** The classes from the first to the last with tasks. */
    List<DurationClass> classes() {
        int from = 0;
        while (from < CLASSES && tasks[from] == 0) {
            from++;
        }
        int to = CLASSES;
        while (to > from && tasks[to - 1] == 0) {
            to--;
        }
        return IntStream.range(from, to)
                .mapToObj(place -> new DurationClass(bound(place) / 1e6, tasks[place]))
                .toList();
    }

    long total() {
        return total;
    }
}
