package io.minimalcluster.worker;

import io.minimalcluster.worker.work.Worker;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while a master knows the worker and is heard of. */
final class MasterHealth implements HealthIndicator {
    private final Worker worker;

    MasterHealth(Worker worker) {
        this.worker = worker;
    }

    @Override
    public Health health() {
        return worker.isInTouch() ? Health.up().build() : Health.down().build();
    }
}
