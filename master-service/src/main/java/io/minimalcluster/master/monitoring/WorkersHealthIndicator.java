package io.minimalcluster.master.monitoring;

import io.minimalcluster.master.store.Store;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Health of the workers: UP if at least one is active, else UNKNOWN. Jobs wait then, so the master is not DOWN. */
@Component("workersHealthIndicator")
class WorkersHealthIndicator extends AbstractHealthIndicator {
    private static final String ACTIVE = """
            select count(*) from worker where state = 'ACTIVE'
            """;

    private final Store store;

    WorkersHealthIndicator(Store store) {
        super("the workers can't be counted");
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        long active = store.read(sql -> sql.sql(ACTIVE).query(Long.class).single());
        builder.status(active > 0 ? Status.UP : Status.UNKNOWN);
    }
}
