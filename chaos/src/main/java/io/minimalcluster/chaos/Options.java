package io.minimalcluster.chaos;

import io.minimalcluster.chaos.fault.Schedule;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * What was asked for.
 *
 * @param length how long faults go on
 * @param faults how many there are at least, however long they take
 * @param seed decides faults and calls
 * @param lease of the master that is broken; its heartbeat is a fifth of it
 */
public record Options(Duration length, int faults, long seed, Duration lease, StoreChoice store) {
    private static final String USAGE = """
            usage: chaos [--minutes N | --seconds N] [--faults N] [--seed S] [--lease SECONDS]
                         [--store sqlite | --store postgres [--postgres-url URL]]""";

    /** What is taken where nothing is said: a minute, every kind of fault, and a seed that nobody has chosen. */
    public static Options of(String... words) {
        Options options = new Options(
                Duration.ofMinutes(1),
                0,
                new Random().nextInt(1_000_000),
                Duration.ofSeconds(5),
                new StoreChoice.Sqlite());
        Iterator<String> rest = List.of(words).iterator();
        String url = "";
        boolean saysFaults = false;
        while (rest.hasNext()) {
            String word = rest.next();
            String value = rest.hasNext() ? rest.next() : "";
            saysFaults |= word.equals("--faults");
            if (word.equals("--postgres-url")) {
                require(!value.isEmpty());
                url = value;
            } else {
                options = options.with(word, value);
            }
        }
        if (!url.isEmpty()) {
            require(options.store() instanceof StoreChoice.OwnPostgres);
            options = options.on(new StoreChoice.OuterPostgres(url));
        }
        return saysFaults ? options : options.withFaults(options.schedule().round());
    }

    private Options with(String word, String value) {
        return switch (word) {
            case "--minutes" -> new Options(Duration.ofMinutes(number(value)), faults, seed, lease, store);
            case "--seconds" -> new Options(Duration.ofSeconds(number(value)), faults, seed, lease, store);
            case "--faults" -> withFaults((int) number(value));
            case "--seed" -> new Options(length, faults, number(value), lease, store);
            case "--lease" ->
                new Options(length, faults, seed, Duration.ofSeconds(number(value.replaceFirst("s$", ""))), store);
            case "--store" -> on(store(value));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static StoreChoice store(String name) {
        return switch (name) {
            case "sqlite" -> new StoreChoice.Sqlite();
            case "postgres" -> new StoreChoice.OwnPostgres();
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private Options on(StoreChoice other) {
        return new Options(length, faults, seed, lease, other);
    }

    private Options withFaults(int count) {
        return new Options(length, count, seed, lease, store);
    }

    private static long number(String text) {
        require(text.matches("[0-9]{1,18}"));
        return Long.parseLong(text);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(USAGE);
        }
    }

    /** The faults, from the first one on; a store is killed only where the run has started it. */
    public Schedule schedule() {
        return new Schedule(seed, lease, store instanceof StoreChoice.OwnPostgres);
    }

    /** The settings of the master. */
    List<String> masterSettings() {
        return List.of(
                "--minimalcluster.lease.duration=" + lease.toMillis() + "ms",
                "--minimalcluster.lease.heartbeat=" + lease.toMillis() / 5 + "ms");
    }
}
