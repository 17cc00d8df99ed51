package io.minimalcluster.chaos.recovery;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Measured times of one kind. */
public final class Times {
    private final String what;
    private final List<Duration> taken = new CopyOnWriteArrayList<>();

    public Times(String what) {
        this.what = what;
    }

    void add(Duration time) {
        taken.add(time);
    }

    @Override
    public String toString() {
        List<Duration> sorted = taken.stream().sorted().toList();
        return sorted.isEmpty()
                ? what + ": not measured"
                : String.format(
                        Locale.ROOT,
                        "%s: n %d, min %.1f s, median %.1f s, max %.1f s",
                        what,
                        sorted.size(),
                        seconds(sorted.getFirst()),
                        seconds(sorted.get(sorted.size() / 2)),
                        seconds(sorted.getLast()));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
