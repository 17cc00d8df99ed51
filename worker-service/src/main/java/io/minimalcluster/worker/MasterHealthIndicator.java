package io.minimalcluster.worker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Reports up while the worker is registered and the master responds. */
final class MasterHealthIndicator implements HealthIndicator {
    private final Worker worker;

    MasterHealthIndicator(Worker worker) {
        this.worker = worker;
    }

    @Override
    public Health health() {
        return worker.isConnected() ? Health.up().build() : Health.down().build();
    }
}
