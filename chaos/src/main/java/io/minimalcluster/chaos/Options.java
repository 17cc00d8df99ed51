package io.minimalcluster.chaos;

import io.minimalcluster.chaos.fault.Schedule;
import java.time.Duration;
import java.util.ArrayList;
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
 * @param postgres a JDBC URL of a server to keep the store on, or empty for SQLite in the data folder
 */
public record Options(Duration length, int faults, long seed, Duration lease, String postgres) {
    private static final String USAGE = """
            usage: chaos [--minutes N | --seconds N] [--faults N] [--seed S] [--lease SECONDS]
                         [--store sqlite | --store postgres --postgres-url URL]""";

    /** What is taken where nothing is said: a minute, every kind of fault, and a seed that nobody has chosen. */
    public static Options of(String... words) {
        Options options = new Options(
                Duration.ofMinutes(1), Schedule.round(), new Random().nextInt(1_000_000), Duration.ofSeconds(5), "");
        Iterator<String> rest = List.of(words).iterator();
        boolean onPostgres = false;
        while (rest.hasNext()) {
            String word = rest.next();
            String value = rest.hasNext() ? rest.next() : "";
            if (word.equals("--store")) {
                onPostgres = value.equals("postgres");
                require(onPostgres || value.equals("sqlite"));
            } else {
                options = options.with(word, value);
            }
        }
        require(onPostgres == !options.postgres().isEmpty());
        return options;
    }

    private Options with(String word, String value) {
        return switch (word) {
            case "--minutes" -> new Options(Duration.ofMinutes(number(value)), faults, seed, lease, postgres);
            case "--seconds" -> new Options(Duration.ofSeconds(number(value)), faults, seed, lease, postgres);
            case "--faults" -> new Options(length, (int) number(value), seed, lease, postgres);
            case "--seed" -> new Options(length, faults, number(value), lease, postgres);
            case "--lease" ->
                new Options(length, faults, seed, Duration.ofSeconds(number(value.replaceFirst("s$", ""))), postgres);
            case "--postgres-url" -> new Options(length, faults, seed, lease, value);
            default -> throw new IllegalArgumentException(USAGE);
        };
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

    /** The settings of the master. */
    List<String> masterSettings() {
        List<String> settings = new ArrayList<>(List.of(
                "--minimalcluster.lease.duration=" + lease.toMillis() + "ms",
                "--minimalcluster.lease.heartbeat=" + lease.toMillis() / 5 + "ms"));
        if (!postgres.isEmpty()) {
            settings.add("--spring.datasource.url=" + postgres);
        }
        return settings;
    }
}
