package io.minimalcluster.master.monitoring;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.store.Store;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Health of the store: UP if it serves reads and writes. */
@Component("storeHealthIndicator")
class StoreHealthIndicator extends AbstractHealthIndicator {
    private final Store store;

    StoreHealthIndicator(Store store) {
        super("the store does not respond");
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        try {
            store.read(sql -> sql.sql("select 1").query(Integer.class).single());
            builder.status(store.isWritable() ? Status.UP : Status.DOWN);
        } catch (Unavailable e) { // OutageLog logs the outage once, not with each check
            builder.down();
        }
    }
}
