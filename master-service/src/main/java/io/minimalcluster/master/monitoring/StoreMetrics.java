package io.minimalcluster.master.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** How much is written, how many writes go together, and how long the disk takes. */
@Component
class StoreMetrics implements MeterBinder {
    private final Store store;
    private final DiskSpaceGuard diskSpace;

    StoreMetrics(Store store, DiskSpaceGuard diskSpace) {
        this.store = store;
        this.diskSpace = diskSpace;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(
                        "minimalcluster.store.writes",
                        store,
                        each -> each.figures().writes())
                .description("Works that were written; several share a commit")
                .register(registry);
        FunctionTimer.builder(
                        "minimalcluster.store.commits",
                        store,
                        each -> each.figures().commits(),
                        each -> each.figures().nanos(),
                        TimeUnit.NANOSECONDS)
                .description("Commits, and the time from begin to disk")
                .register(registry);
        Gauge.builder(
                        "minimalcluster.store.queue",
                        store,
                        each -> each.figures().waiting())
                .description("Works that wait to be written")
                .register(registry);
        Gauge.builder("minimalcluster.store.wal", store, Store::logBytes)
                .description("The log of the embedded store")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("minimalcluster.store.usable", diskSpace, DiskSpaceGuard::usableBytes)
                .description("What may still be written to the disk of the data folder")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("minimalcluster.store.reserve", diskSpace, DiskSpaceGuard::reservedBytes)
                .description("What is kept occupied for results on a full disk")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("minimalcluster.store.low", diskSpace, each -> each.isLow() ? 1 : 0)
                .description("1 while nothing new is taken for want of room")
                .register(registry);
    }
}
