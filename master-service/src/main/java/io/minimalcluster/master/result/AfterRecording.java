package io.minimalcluster.master.result;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.lease.TaskSpeeds;
import io.minimalcluster.master.work.WorkBell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells in memory what was recorded on disk: who waits for the job, who waits for work, how fast the function is. */
@Component
class AfterRecording {
    private static final Logger log = LoggerFactory.getLogger(AfterRecording.class);

    private final JobWatch watch;
    private final WorkBell bell;
    private final TaskSpeeds speeds;
    private final Counter tasks;
    private final Counter jobs;

    AfterRecording(JobWatch watch, WorkBell bell, TaskSpeeds speeds, MeterRegistry registry) {
        this.watch = watch;
        this.bell = bell;
        this.speeds = speeds;
        this.tasks = registry.counter("minimalcluster.tasks.recorded");
        this.jobs = registry.counter("minimalcluster.jobs.ended");
    }

    void recorded(RecordPart.Outcome outcome, PostedPart part) {
        JobOfPart job = outcome.job();
        tasks.increment((double) outcome.recorded().recorded());
        if (part.micros().length > 0) {
            int count = Math.toIntExact(part.range().count());
            speeds.measured(job.environment(), job.method(), part.nanos(), count);
        }
        if (outcome.jobEnded()) {
            watch.ended(outcome.jobId());
            jobs.increment();
            log.info("job ended id={}", outcome.jobId());
        }
        if (outcome.gaveBack()) {
            bell.ring(1);
        }
    }
}
