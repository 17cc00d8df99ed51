package io.minimalcluster.chaos;

import io.minimalcluster.chaos.cluster.ChaosStore;
import io.minimalcluster.chaos.fault.FaultSchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What was asked for.
 *
 * @param recoveries how often each part of a quiet cluster is killed; with 0 it is chaos that was asked for
 * @param length how long faults go on
 * @param faults how many there are at least, however long they take
 * @param seed decides faults and calls
 * @param lease of the master that is broken
 */
public record ChaosOptions(int recoveries, Duration length, int faults, long seed, Duration lease, StoreChoice store) {
    private static final String USAGE = """
            usage: chaos [--minutes N | --seconds N] [--faults N] [--seed S] [--lease SECONDS]
                         [--store sqlite | --store postgres [--postgres-url URL]]
                   chaos --recovery [--times N] [--lease SECONDS] [--store sqlite | --store postgres]""";
    private static final Set<String> OF_BOTH = Set.of("--lease", "--store", "--postgres-url");
    private static final Set<String> OF_CHAOS = Set.of("--minutes", "--seconds", "--faults", "--seed");
    private static final Set<String> OF_RECOVERY = Set.of("--times");

    /** Chaos for so long, and so many faults. */
    public static ChaosOptions chaos(Duration length, int faults, long seed, Duration lease, StoreChoice store) {
        return new ChaosOptions(0, length, faults, seed, lease, store);
    }

    /** Each part killed so often, and nothing else. */
    public static ChaosOptions recovery(int times, Duration lease, StoreChoice store) {
        return new ChaosOptions(times, Duration.ZERO, 0, 1, lease, store);
    }

    /** What is taken where nothing is said: a minute, every kind of fault, and a seed that nobody has chosen. */
    public static ChaosOptions of(String... words) {
        List<String> rest = new ArrayList<>(List.of(words));
        boolean recovery = rest.remove("--recovery");
        Map<String, String> said = said(rest, recovery ? OF_RECOVERY : OF_CHAOS);
        Duration lease = Duration.ofSeconds(
                number(said.getOrDefault("--lease", recovery ? "15" : "5").replaceFirst("s$", "")));
        StoreChoice store = store(said.getOrDefault("--store", "sqlite"), said.getOrDefault("--postgres-url", ""));
        if (recovery) {
            int times = (int) number(said.getOrDefault("--times", "5"));
            require(times > 0);
            return recovery(times, lease, store);
        }
        long seed = said.containsKey("--seed") ? number(said.get("--seed")) : new Random().nextInt(1_000_000);
        ChaosOptions options = chaos(length(said), 0, seed, lease, store);
        int faults = said.containsKey("--faults")
                ? (int) number(said.get("--faults"))
                : options.schedule().round();
        return chaos(options.length(), faults, seed, lease, store);
    }

    private static Map<String, String> said(List<String> words, Set<String> known) {
        Map<String, String> said = new HashMap<>();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            require((known.contains(word) || OF_BOTH.contains(word)) && rest.hasNext());
            said.put(word, rest.next());
        }
        return said;
    }

    private static Duration length(Map<String, String> said) {
        return said.containsKey("--seconds")
                ? Duration.ofSeconds(number(said.get("--seconds")))
                : Duration.ofMinutes(number(said.getOrDefault("--minutes", "1")));
    }

    private static StoreChoice store(String name, String url) {
        require(url.isEmpty() || name.equals("postgres"));
        return switch (name) {
            case "sqlite" -> new StoreChoice.Sqlite();
            case "postgres" -> url.isEmpty() ? new StoreChoice.OwnPostgres() : new StoreChoice.OuterPostgres(url);
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

    /** The faults, from the first one on; a store is killed only where the run has started it. */
    public FaultSchedule schedule() {
        return new FaultSchedule(seed, lease, store instanceof StoreChoice.OwnPostgres);
    }

    /** How often workers give a sign of life, in the proportion that a cluster has by itself. */
    Duration heartbeat() {
        return lease.dividedBy(3);
    }

    /** What the master keeps its state in, started if need be. */
    ChaosStore openStore() {
        return switch (store) {
            case StoreChoice.Sqlite() -> ChaosStore.of(List.of());
            case StoreChoice.OuterPostgres(String url) -> ChaosStore.of(List.of("--spring.datasource.url=" + url));
            case StoreChoice.OwnPostgres() -> ChaosStore.ownPostgres();
        };
    }

    /** The settings of the master. */
    List<String> masterSettings(ChaosStore opened) {
        List<String> settings = new ArrayList<>(List.of(
                "--minimalcluster.lease.duration=" + lease.toMillis() + "ms",
                "--minimalcluster.lease.heartbeat=" + heartbeat().toMillis() + "ms"));
        settings.addAll(opened.settings());
        return settings;
    }
}
