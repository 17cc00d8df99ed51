package io.minimalcluster.master.monitoring;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.settings.ExecutorSettings;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health indicators. A fault with which the master still accepts results is UNKNOWN and not DOWN. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    private static final String ACTIVE = """
            select count(*) from worker where state = 'ACTIVE'
            """;
    private static final String HAS_REFUSED = """
            select count(*) from (select 1 from pending_range where refusals > 0 limit 1) refused
            """;
    private static final String LEVELS = """
            select distinct isolation from worker where state = 'ACTIVE'
            """;

    /** UP if the store serves reads and writes. */
    @Bean
    HealthIndicator storeHealthIndicator(Store store) {
        return indicator("the store does not respond", () -> {
            try {
                store.read(sql -> sql.sql("select 1").query(Integer.class).single());
                return store.isWritable() ? Status.UP : Status.DOWN;
            } catch (Unavailable e) { // OutageLog logs the outage once, not with each check
                return Status.DOWN;
            }
        });
    }

    /** UP if new uploads are accepted. */
    @Bean
    HealthIndicator roomHealthIndicator(DiskSpaceGuard diskSpace) {
        return indicator("the disk space can't be read", () -> diskSpace.isLow() ? Status.UNKNOWN : Status.UP);
    }

    /** UP if at least one worker is active. */
    @Bean
    HealthIndicator workersHealthIndicator(Store store) {
        return indicator("the workers can't be counted", () -> {
            long active = store.read(sql -> sql.sql(ACTIVE).query(Long.class).single());
            return active > 0 ? Status.UP : Status.UNKNOWN;
        });
    }

    /** UP if every active worker has at least the minimum isolation level of this master. */
    @Bean
    HealthIndicator isolationHealthIndicator(Store store, ExecutorSettings settings) {
        Isolation minimum = settings.minimumIsolationOrDefault();
        return indicator("the isolation levels of workers can't be read", () -> {
            List<String> levels =
                    store.read(sql -> sql.sql(LEVELS).query(String.class).list());
            boolean isEnough = levels.stream()
                    .map(level -> Isolation.valueOf(level.toUpperCase(Locale.ROOT)))
                    .allMatch(level -> level.compareTo(minimum) >= 0);
            return isEnough ? Status.UP : Status.UNKNOWN;
        });
    }

    /** UP if no batch that a worker refused waits for another worker. */
    @Bean
    HealthIndicator batchesHealthIndicator(Store store) {
        return indicator("the refused batches can't be counted", () -> {
            long refused =
                    store.read(sql -> sql.sql(HAS_REFUSED).query(Long.class).single());
            return refused == 0 ? Status.UP : Status.UNKNOWN;
        });
    }

    private static HealthIndicator indicator(String failure, Supplier<Status> status) {
        return new AbstractHealthIndicator(failure) {
            @Override
            protected void doHealthCheck(Health.Builder builder) {
                builder.status(status.get());
            }
        };
    }
}
