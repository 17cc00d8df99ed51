package io.minimalcluster.master.monitoring;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.settings.ExecutorSettings;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Health of isolation: UP if every active worker has at least the minimum isolation level of this master, else UNKNOWN.
 */
@Component("isolationHealthIndicator")
class IsolationHealthIndicator extends AbstractHealthIndicator {
    private static final String LEVELS = """
            select distinct isolation from worker where state = 'ACTIVE'
            """;

    private final Store store;
    private final Isolation minimum;

    IsolationHealthIndicator(Store store, ExecutorSettings settings) {
        super("the isolation levels of workers can't be read");
        this.store = store;
        this.minimum = settings.minimumIsolationOrDefault();
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<String> levels =
                store.read(sql -> sql.sql(LEVELS).query(String.class).list());
        boolean isEnough = levels.stream()
                .map(level -> Isolation.valueOf(level.toUpperCase(Locale.ROOT)))
                .allMatch(level -> level.compareTo(minimum) >= 0);
        builder.status(isEnough ? Status.UP : Status.UNKNOWN);
    }
}
