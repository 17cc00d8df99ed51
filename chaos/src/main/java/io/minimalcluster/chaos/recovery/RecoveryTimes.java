package io.minimalcluster.chaos.recovery;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Measured times, which are printed as a table of those that there are. */
public final class RecoveryTimes {
    private final Map<RecoveryInterval, List<Duration>> taken = new EnumMap<>(RecoveryInterval.class);

    public RecoveryTimes() {
        for (RecoveryInterval interval : RecoveryInterval.values()) {
            taken.put(interval, new CopyOnWriteArrayList<>());
        }
    }

    /** Takes the time from this moment of {@code nanoTime} on until now. */
    public void takeSince(RecoveryInterval interval, long nanos) {
        add(interval, Duration.ofNanos(System.nanoTime() - nanos));
    }

    void add(RecoveryInterval interval, Duration time) {
        of(interval).add(time);
    }

    /** Those that were taken, as they came. */
    public List<Duration> of(RecoveryInterval interval) {
        return taken.getOrDefault(interval, List.of());
    }

    /** Empty if nothing was measured. */
    @Override
    public String toString() {
        String rows = taken.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each ->
                        row(each.getKey(), each.getValue().stream().sorted().toList()))
                .collect(Collectors.joining());
        return rows.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%-64s %3s %8s %8s %8s%n", "seconds", "n", "min", "median", "max") + rows;
    }

    private static String row(RecoveryInterval interval, List<Duration> sorted) {
        return String.format(
                Locale.ROOT,
                "%-64s %3d %8.2f %8.2f %8.2f%n",
                interval.title(),
                sorted.size(),
                seconds(sorted.getFirst()),
                median(sorted),
                seconds(sorted.getLast()));
    }

    /** Of an even number the mean of the two in the middle. */
    private static double median(List<Duration> sorted) {
        int half = sorted.size() / 2;
        return (seconds(sorted.get(half)) + seconds(sorted.get((sorted.size() - 1) / 2))) / 2;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
