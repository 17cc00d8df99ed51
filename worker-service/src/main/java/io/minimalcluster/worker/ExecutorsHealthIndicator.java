package io.minimalcluster.worker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Out of service while this worker can't run anything, and takes no work. */
final class ExecutorsHealthIndicator implements HealthIndicator {
    private final Worker worker;

    ExecutorsHealthIndicator(Worker worker) {
        this.worker = worker;
    }

    @Override
    public Health health() {
        return worker.trouble()
                .map(reason ->
                        Health.outOfService().withDetail("reason", reason).build())
                .orElseGet(() -> Health.up().build());
    }
}
