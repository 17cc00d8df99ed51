package io.minimalcluster.worker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Reports out of service while the self-test of the executors fails and the worker accepts no batches. */
final class ExecutorsHealthIndicator implements HealthIndicator {
    private final Worker worker;

    ExecutorsHealthIndicator(Worker worker) {
        this.worker = worker;
    }

    @Override
    public Health health() {
        return worker.selfTestFailure()
                .map(reason ->
                        Health.outOfService().withDetail("reason", reason).build())
                .orElseGet(() -> Health.up().build());
    }
}
