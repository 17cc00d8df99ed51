package io.minimalcluster.master.result;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.lease.TaskSpeeds;
import io.minimalcluster.master.match.Needs;
import io.minimalcluster.master.reduction.Reductions;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.master.worker.Rates;
import io.minimalcluster.model.WorkerId;
import java.util.List;
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
    private final Rates rates;
    private final Reductions reductions;
    private final Counter tasks;

    AfterRecording(
            JobWatch watch,
            WorkBell bell,
            TaskSpeeds speeds,
            Rates rates,
            Reductions reductions,
            MeterRegistry registry) {
        this.watch = watch;
        this.bell = bell;
        this.speeds = speeds;
        this.rates = rates;
        this.reductions = reductions;
        this.tasks = registry.counter("minimalcluster.tasks.recorded");
    }

    void recorded(WorkerId worker, RecordPart.Outcome outcome, PostedPart part) {
        JobOfPart job = outcome.job();
        tasks.increment((double) outcome.recorded().recorded());
        if (part.micros().length > 0) {
            int count = Math.toIntExact(part.range().count());
            speeds.measured(job.environment(), job.method(), part.nanos(), count);
        }
        rates.done(worker, outcome.recorded().recorded());
        switch (outcome.end()) {
            case JOB -> ended(job, outcome.stopped());
            case TASKS -> reductions.wake(job.seq());
            case NONE -> {}
        }
        if (outcome.recorded().recorded() > 0) {
            watch.changed(job.seq());
        }
        if (outcome.gaveBack()) {
            bell.ring(Needs.of(job.needs()), 1);
        }
    }

    private void ended(JobOfPart job, List<WorkerId> stopped) {
        bell.order(stopped);
        Long parent = job.parent();
        if (parent != null) {
            reductions.wake(parent);
        } else {
            watch.ended(job.id());
            log.info("job ended id={}", job.id());
        }
    }
}
