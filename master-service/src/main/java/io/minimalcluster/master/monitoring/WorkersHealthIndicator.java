package io.minimalcluster.master.monitoring;

import io.minimalcluster.master.store.Store;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether there is somebody to run tasks. Without, the master is well all the same: jobs wait. */
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
