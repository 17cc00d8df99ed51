package io.minimalcluster.master.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import org.springframework.stereotype.Component;

/** Counts the jobs that end, however they do. */
@Component
class JobMetrics implements MeterBinder {
    private final JobSubscriptions subscriptions;

    JobMetrics(JobSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("minimalcluster.jobs.ended", subscriptions, JobSubscriptions::ends)
                .description("Jobs that ended here: by themselves, by a call or by their deadline")
                .register(registry);
    }
}
