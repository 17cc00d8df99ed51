package io.minimalcluster.worker.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A log of events. Tests wait for events instead of sleeping. */
public final class EventLog {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final List<String> seen = new ArrayList<>();

    /** Adds an event. */
    public synchronized void add(String event) {
        seen.add(event);
        notifyAll();
    }

    /** All events so far. */
    public synchronized List<String> all() {
        return List.copyOf(seen);
    }

    /** The number of occurrences of an event. */
    public synchronized long count(String event) {
        return seen.stream().filter(event::equals).count();
    }

    /** Waits for an event. */
    public void await(String event) throws InterruptedException {
        await(event, 1);
    }

    /** Waits for a number of occurrences of an event. */
    public void await(String event, int times) throws InterruptedException {
        awaitThat(
                event + " ×" + times, all -> all.stream().filter(event::equals).count() >= times);
    }

    /** Waits until the events satisfy a condition. */
    public synchronized void awaitThat(String description, Predicate<List<String>> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.test(seen)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("timeout waiting for " + description + ", events: "
                        + seen.subList(0, Math.min(seen.size(), 60)));
            }
            wait(left);
        }
    }
}
