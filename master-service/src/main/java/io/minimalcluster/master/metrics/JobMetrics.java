package io.minimalcluster.master.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.minimalcluster.master.job.JobWatch;
import org.springframework.stereotype.Component;

/** Counts the jobs that end, however they do. */
@Component
class JobMetrics implements MeterBinder {
    private final JobWatch watch;

    JobMetrics(JobWatch watch) {
        this.watch = watch;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("minimalcluster.jobs.ended", watch, JobWatch::ends)
                .description("Jobs that ended here: by themselves, by a call or by their deadline")
                .register(registry);
    }
}
