package io.minimalcluster.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Metrics;
import io.minimalcluster.system.harness.UseShared;
import org.junit.jupiter.api.Test;

/** Counts what a job of one task costs a master with its local worker. Counts do not depend on the machine. */
@UseShared(Cluster.class)
class SmallJobCostIT {
    private static final int WARM_UP = 50;
    private static final int JOBS = 100; // more would use up the rate of audit entries of the shared key

    private final Cluster cluster;
    private final Api api;

    SmallJobCostIT(Cluster cluster) {
        this.cluster = cluster;
        this.api = cluster.api();
    }

    @Test
    void jobOfOneTaskAllocatesLittle() {
        String environment = api.load("long square(long x) { return x * x; }");
        run(environment, WARM_UP);
        double before = allocated();

        run(environment, JOBS);

        assertThat((allocated() - before) / JOBS)
                .as("bytes of a job, of which a worker needs a third")
                .isBetween(100_000.0, 1_000_000.0);
    }

    private void run(String environment, int jobs) {
        for (int i = 0; i < jobs; i++) {
            String job = api.submit(environment, "square", "[" + i + "]", "{}")
                    .expect(202)
                    .json()
                    .path("id")
                    .asString();
            assertThat(api.ended(job).path("state").asString()).isEqualTo("SUCCEEDED");
        }
    }

    private double allocated() {
        return Metrics.of(cluster.master()).sum("minimalcluster_allocated_bytes_total");
    }
}
