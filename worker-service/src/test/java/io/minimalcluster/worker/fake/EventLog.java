package io.minimalcluster.worker.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What happened, in order; tests wait for it instead of for time to pass. */
public final class EventLog {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final List<String> seen = new ArrayList<>();

    /** Says that something happened. */
    public synchronized void add(String event) {
        seen.add(event);
        notifyAll();
    }

    /** What happened so far. */
    public synchronized List<String> all() {
        return List.copyOf(seen);
    }

    /** How often something happened. */
    public synchronized long count(String event) {
        return seen.stream().filter(event::equals).count();
    }

    /** Waits until something happened. */
    public void await(String event) throws InterruptedException {
        await(event, 1);
    }

    /** Waits until something happened so many times. */
    public void await(String event, int times) throws InterruptedException {
        awaitThat(
                event + " ×" + times, all -> all.stream().filter(event::equals).count() >= times);
    }

    /** Waits until something is true of what happened. */
    public synchronized void awaitThat(String what, Predicate<List<String>> isSo) throws InterruptedException {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (!isSo.test(seen)) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(
                        "waited in vain for " + what + ", there was " + seen.subList(0, Math.min(seen.size(), 60)));
            }
            wait(left);
        }
    }
}
