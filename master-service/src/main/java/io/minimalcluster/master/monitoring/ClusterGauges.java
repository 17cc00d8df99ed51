package io.minimalcluster.master.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Gauges of jobs, tasks, workers and batches in the store, and the count of ended jobs. No label contains a name, an id
 * or an owner.
 */
@Component
class ClusterGauges implements MeterBinder {
    private static final List<String> JOB_STATES = List.of("queued", "running", "paused");
    private static final List<String> WORKER_STATES = List.of("active", "draining", "silent");

    private final ClusterCounts counts;
    private final JobSubscriptions subscriptions;

    ClusterGauges(ClusterCounts counts, JobSubscriptions subscriptions) {
        this.counts = counts;
        this.subscriptions = subscriptions;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String state : JOB_STATES) {
            Gauge.builder("minimalcluster.jobs", () -> counts.now().jobs(state))
                    .description("Jobs that have not ended")
                    .tag("state", state)
                    .register(registry);
        }
        FunctionCounter.builder("minimalcluster.jobs.ended", subscriptions, JobSubscriptions::ends)
                .description("Jobs that ended on this master: by their last result, by a call or by their deadline")
                .register(registry);
        Gauge.builder("minimalcluster.tasks", () -> counts.now().pending())
                .description("Tasks of jobs that have not ended")
                .tag("state", "pending")
                .register(registry);
        Gauge.builder("minimalcluster.tasks", () -> counts.now().running())
                .description("Tasks of jobs that have not ended")
                .tag("state", "running")
                .register(registry);
        for (String state : WORKER_STATES) {
            Gauge.builder("minimalcluster.workers", () -> counts.now().workers(state))
                    .description("Registered workers")
                    .tag("state", state)
                    .register(registry);
        }
        Gauge.builder("minimalcluster.slots", () -> counts.now().slots())
                .description("Slots of the active workers")
                .register(registry);
        Gauge.builder("minimalcluster.batches.open", () -> counts.now().batches())
                .description("Batches that are leased to workers, including those queued in a worker")
                .register(registry);
    }
}
