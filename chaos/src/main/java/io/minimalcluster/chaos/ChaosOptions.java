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
 * The command-line options.
 *
 * @param recoveries the number of kills of each part in a recovery run; 0 for a chaos run
 * @param length the duration of fault injection
 * @param faults the minimum number of faults, regardless of their duration
 * @param seed determines the faults and the calls of clients
 * @param lease the lease duration of the master
 */
public record ChaosOptions(int recoveries, Duration length, int faults, long seed, Duration lease, StoreChoice store) {
    private static final String USAGE = """
            usage: chaos [--minutes N | --seconds N] [--faults N] [--seed S] [--lease SECONDS]
                         [--store sqlite | --store postgres [--postgres-url URL]]
                   chaos --recovery [--times N] [--lease SECONDS] [--store sqlite | --store postgres]""";
    private static final Set<String> COMMON = Set.of("--lease", "--store", "--postgres-url");
    private static final Set<String> CHAOS_ONLY = Set.of("--minutes", "--seconds", "--faults", "--seed");
    private static final Set<String> RECOVERY_ONLY = Set.of("--times");

    /** Options of a chaos run. */
    public static ChaosOptions chaos(Duration length, int faults, long seed, Duration lease, StoreChoice store) {
        return new ChaosOptions(0, length, faults, seed, lease, store);
    }

    /** Options of a recovery run. */
    public static ChaosOptions recovery(int times, Duration lease, StoreChoice store) {
        return new ChaosOptions(times, Duration.ZERO, 0, 1, lease, store);
    }

    /**
     * Parses command-line arguments. The defaults are a minute, one round of every kind of fault, and a random seed.
     *
     * @throws IllegalArgumentException with the usage if they are invalid
     */
    public static ChaosOptions of(String... words) {
        List<String> rest = new ArrayList<>(List.of(words));
        boolean recovery = rest.remove("--recovery");
        Map<String, String> values = parse(rest, recovery ? RECOVERY_ONLY : CHAOS_ONLY);
        Duration lease = Duration.ofSeconds(
                number(values.getOrDefault("--lease", recovery ? "15" : "5").replaceFirst("s$", "")));
        StoreChoice store = store(values.getOrDefault("--store", "sqlite"), values.getOrDefault("--postgres-url", ""));
        if (recovery) {
            int times = (int) number(values.getOrDefault("--times", "5"));
            require(times > 0);
            return recovery(times, lease, store);
        }
        long seed = values.containsKey("--seed") ? number(values.get("--seed")) : new Random().nextInt(1_000_000);
        ChaosOptions options = chaos(length(values), 0, seed, lease, store);
        int faults = values.containsKey("--faults")
                ? (int) number(values.get("--faults"))
                : options.schedule().round();
        return chaos(options.length(), faults, seed, lease, store);
    }

    private static Map<String, String> parse(List<String> words, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            require((known.contains(word) || COMMON.contains(word)) && rest.hasNext());
            values.put(word, rest.next());
        }
        return values;
    }

    private static Duration length(Map<String, String> values) {
        return values.containsKey("--seconds")
                ? Duration.ofSeconds(number(values.get("--seconds")))
                : Duration.ofMinutes(number(values.getOrDefault("--minutes", "1")));
    }

    private static StoreChoice store(String name, String url) {
        require(url.isEmpty() || name.equals("postgres"));
        return switch (name) {
            case "sqlite" -> new StoreChoice.Sqlite();
            case "postgres" ->
                url.isEmpty() ? new StoreChoice.ManagedPostgres() : new StoreChoice.ExternalPostgres(url);
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

    /** A new schedule of faults. It includes faults of the store only if this run starts the store. */
    public FaultSchedule schedule() {
        return new FaultSchedule(seed, lease, store instanceof StoreChoice.ManagedPostgres);
    }

    /** The heartbeat interval, with the same ratio to the lease as the default settings. */
    Duration heartbeat() {
        return lease.dividedBy(3);
    }

    /** Opens the store of the master, and starts its server if necessary. */
    ChaosStore openStore() {
        return switch (store) {
            case StoreChoice.Sqlite() -> ChaosStore.of(List.of());
            case StoreChoice.ExternalPostgres(String url) -> ChaosStore.of(List.of("--spring.datasource.url=" + url));
            case StoreChoice.ManagedPostgres() -> ChaosStore.ownPostgres();
        };
    }

    /** The settings of the master as command-line arguments. */
    List<String> masterSettings(ChaosStore opened) {
        List<String> settings = new ArrayList<>(List.of(
                "--minimalcluster.lease.duration=" + lease.toMillis() + "ms",
                "--minimalcluster.lease.heartbeat=" + heartbeat().toMillis() + "ms"));
        settings.addAll(opened.settings());
        return settings;
    }
}
