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

/** Metrics of the store: writes, commits, queue, log size and disk space. */
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
                        each -> each.statistics().writes())
                .description("Committed units of work; several share a commit")
                .register(registry);
        FunctionTimer.builder(
                        "minimalcluster.store.commits",
                        store,
                        each -> each.statistics().commits(),
                        each -> each.statistics().nanos(),
                        TimeUnit.NANOSECONDS)
                .description("Commits, and their time from begin to durable")
                .register(registry);
        Gauge.builder(
                        "minimalcluster.store.queue",
                        store,
                        each -> each.statistics().waiting())
                .description("Queued units of work of the writer")
                .register(registry);
        Gauge.builder("minimalcluster.store.wal", store, Store::logBytes)
                .description("Size of the write-ahead log of the embedded store")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("minimalcluster.store.usable", diskSpace, DiskSpaceGuard::usableBytes)
                .description("Usable disk space of the data folder")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("minimalcluster.store.reserve", diskSpace, DiskSpaceGuard::reservedBytes)
                .description("Disk space that is reserved for results")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("minimalcluster.store.disk.low", diskSpace, each -> each.isLow() ? 1 : 0)
                .description("1 while uploads are rejected because of low disk space")
                .register(registry);
    }
}
