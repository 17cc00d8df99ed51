package io.minimalcluster.master.monitoring;

import io.minimalcluster.master.store.Store;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cache of counts from the store, refreshed on access after a short time. */
@Component
class ClusterCounts {
    private static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final String JOBS = """
            select state, count(*) as jobs, sum(pending) as pending, sum(running) as running
              from job where state in ('QUEUED', 'RUNNING', 'PAUSED') group by state
            """;
    private static final String WORKERS = """
            select state, count(*) as workers, sum(slots) as slots from worker group by state
            """;
    private static final String BATCHES = """
            select count(*) from lease where state in ('OPEN', 'LAPSED')
            """;

    private final Store store;

    // guarded by this
    private @Nullable Counts last;
    private long loadedAt;

    ClusterCounts(Store store) {
        this.store = store;
    }

    /** Counts from one snapshot of the store. */
    record Counts(
            Map<String, Long> jobsByState,
            long pending,
            long running,
            Map<String, Long> workersByState,
            long slots,
            long batches) {
        Counts {
            jobsByState = Map.copyOf(jobsByState);
            workersByState = Map.copyOf(workersByState);
        }

        long jobs(String state) {
            return jobsByState.getOrDefault(state, 0L);
        }

        long workers(String state) {
            return workersByState.getOrDefault(state, 0L);
        }
    }

    synchronized Counts now() {
        Counts counts = last;
        long now = System.nanoTime();
        if (counts == null || now - loadedAt > MAX_AGE.toNanos()) {
            counts = store.read(ClusterCounts::load);
            last = counts;
            loadedAt = now;
        }
        return counts;
    }

    private static Counts load(JdbcClient sql) {
        Map<String, Long> jobs = new HashMap<>();
        Map<String, Long> workers = new HashMap<>();
        long[] sums = new long[3];
        sql.sql(JOBS).query(row -> {
            jobs.put(state(row.getString("state")), row.getLong("jobs"));
            sums[0] += row.getLong("pending");
            sums[1] += row.getLong("running");
        });
        sql.sql(WORKERS).query(row -> {
            workers.put(state(row.getString("state")), row.getLong("workers"));
            sums[2] += row.getString("state").equals("ACTIVE") ? row.getLong("slots") : 0;
        });
        long batches = sql.sql(BATCHES).query(Long.class).single();
        return new Counts(jobs, sums[0], sums[1], workers, sums[2], batches);
    }

    private static String state(String stored) {
        return stored.toLowerCase(Locale.ROOT);
    }
}
