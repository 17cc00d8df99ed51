package io.minimalcluster.chaos.recovery;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Measured recovery times, printed as a table. */
public final class RecoveryTimes {
    private final Map<RecoveryInterval, List<Duration>> durations = new EnumMap<>(RecoveryInterval.class);

    public RecoveryTimes() {
        for (RecoveryInterval interval : RecoveryInterval.values()) {
            durations.put(interval, new CopyOnWriteArrayList<>());
        }
    }

    /** Records the time from a value of {@code nanoTime} until now. */
    public void recordSince(RecoveryInterval interval, long nanos) {
        add(interval, Duration.ofNanos(System.nanoTime() - nanos));
    }

    void add(RecoveryInterval interval, Duration time) {
        of(interval).add(time);
    }

    /** The durations of an interval in the order of measurement. */
    public List<Duration> of(RecoveryInterval interval) {
        return durations.getOrDefault(interval, List.of());
    }

    /** The table; empty without measurements. */
    @Override
    public String toString() {
        String rows = durations.entrySet().stream()
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

    /** The median; for an even number the mean of the two middle values. */
    private static double median(List<Duration> sorted) {
        int half = sorted.size() / 2;
        return (seconds(sorted.get(half)) + seconds(sorted.get((sorted.size() - 1) / 2))) / 2;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
