package io.minimalcluster.master.monitoring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import org.springframework.stereotype.Component;

/** Counter of ended jobs. */
@Component
class JobMetrics implements MeterBinder {
    private final JobSubscriptions subscriptions;

    JobMetrics(JobSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("minimalcluster.jobs.ended", subscriptions, JobSubscriptions::ends)
                .description("Jobs that ended on this master: by their last result, by a call or by their deadline")
                .register(registry);
    }
}
