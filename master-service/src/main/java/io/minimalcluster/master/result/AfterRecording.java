package io.minimalcluster.master.result;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.lease.Pace;
import io.minimalcluster.master.match.Needs;
import io.minimalcluster.master.reduction.Reductions;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.master.worker.Rates;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells in memory what was recorded on disk: who waits for the job, who waits for work, how fast the function is. */
@Component
class AfterRecording {
    private static final Logger log = LoggerFactory.getLogger(AfterRecording.class);

    private final JobWatch watch;
    private final WorkBell bell;
    private final Pace pace;
    private final Rates rates;
    private final Reductions reductions;
    private final Counter tasks;
    private final Counter copiesWon;

    AfterRecording(
            JobWatch watch, WorkBell bell, Pace pace, Rates rates, Reductions reductions, MeterRegistry registry) {
        this.watch = watch;
        this.bell = bell;
        this.pace = pace;
        this.rates = rates;
        this.reductions = reductions;
        this.tasks = registry.counter("minimalcluster.tasks.recorded");
        this.copiesWon = registry.counter("minimalcluster.copies.won");
    }

    void recorded(WorkerId worker, LeaseId lease, RecordPart.Outcome outcome, PostedPart part) {
        JobOfPart job = outcome.job();
        tasks.increment((double) outcome.recorded().recorded());
        if (part.micros().length > 0) {
            int count = Math.toIntExact(part.range().count());
            pace.measured(job.environment(), job.method(), part.nanos(), count);
        }
        if (outcome.recorded().recorded() > 0 || part.done()) {
            pace.posted(worker, lease, part.range().last(), part.done());
        }
        rates.done(worker, outcome.recorded().recorded());
        bell.order(outcome.toLook());
        if (outcome.copyWon()) {
            copiesWon.increment();
        }
        switch (outcome.end()) {
            case JOB -> ended(job);
            case TASKS -> reductions.wake(job.seq());
            case NONE -> {}
        }
        if (outcome.recorded().recorded() > 0 || job.isOver()) {
            watch.changed(job.seq());
        }
        if (job.isOver()) {
            watch.ended(
                    job.id()); // again, for nobody was told if the store kept the last part and said that it did not
        }
        if (outcome.again() != null) {
            bell.ring(Needs.of(job.needs()), outcome.again().losses(), 1);
        }
    }

    private void ended(JobOfPart job) {
        Long parent = job.parent();
        if (parent != null) {
            reductions.wake(parent);
        } else {
            watch.ended(job.id());
            log.info("event=job.ended job={}", job.id());
        }
    }
}
