package io.minimalcluster.master.health;

import io.minimalcluster.master.store.Store;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the store answers. */
@Component("storeHealthIndicator")
class StoreHealth extends AbstractHealthIndicator {
    private final Store store;

    StoreHealth(Store store) {
        super("the store does not answer");
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        store.read(sql -> sql.sql("select 1").query(Integer.class).single());
        builder.up();
    }
}
