package io.minimalcluster.master.result.record;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.reduce.Reductions;
import io.minimalcluster.master.scheduling.BatchPace;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.worker.TaskRates;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Updates the state in memory after a part was committed: notifies waiting callers and polls, and records speeds and
 * progress.
 */
@Component
class RecordingEffects {
    private static final Logger log = LoggerFactory.getLogger(RecordingEffects.class);

    private final JobSubscriptions subscriptions;
    private final PollRegistry pollRegistry;
    private final LastPolls lastPolls;
    private final BatchPace batchPace;
    private final TaskRates taskRates;
    private final Reductions reductions;
    private final Counter tasks;
    private final Counter copiesWon;
    private final Counter refused;

    RecordingEffects(
            JobSubscriptions subscriptions,
            PollRegistry pollRegistry,
            LastPolls lastPolls,
            BatchPace batchPace,
            TaskRates taskRates,
            Reductions reductions,
            MeterRegistry registry) {
        this.subscriptions = subscriptions;
        this.pollRegistry = pollRegistry;
        this.lastPolls = lastPolls;
        this.batchPace = batchPace;
        this.taskRates = taskRates;
        this.reductions = reductions;
        this.tasks = registry.counter("minimalcluster.tasks.recorded");
        this.refused = registry.counter("minimalcluster.batches.refused");
        this.copiesWon = registry.counter("minimalcluster.speculative.copies.won");
    }

    void recorded(WorkerId worker, LeaseId lease, RecordPart.Outcome outcome, ResultPart part) {
        JobRecordingInfo job = outcome.job();
        lastPolls.leasesChanged(worker);
        tasks.increment((double) outcome.recorded().recorded());
        if (part.refused() != null) {
            refused.increment();
            log.warn(
                    "event=batch.refused job={} worker={} lease={} reason=\"{}\"",
                    job.id(),
                    worker,
                    lease,
                    part.refused());
        }
        if (part.micros().length > 0) {
            int count = Math.toIntExact(part.range().count());
            batchPace.measured(job.environment(), job.method(), part.nanos(), count);
        }
        if (outcome.recorded().recorded() > 0 || part.done()) {
            batchPace.recordResults(worker, lease, part.range().last(), part.done());
        }
        taskRates.done(worker, outcome.recorded().recorded());
        pollRegistry.notifyOrders(outcome.workersToNotify());
        if (outcome.copyWon()) {
            copiesWon.increment();
        }
        switch (outcome.end()) {
            case JOB -> ended(job);
            case TASKS -> reductions.wake(job.seq());
            case NONE -> {}
        }
        if (outcome.recorded().recorded() > 0 || job.isOver()) {
            subscriptions.changed(job.seq());
        }
        if (job.isOver()) {
            subscriptions.ended(
                    job.id()); // repeated, because the commit of the last part may have had an unknown outcome
        }
        if (outcome.again() != null) {
            pollRegistry.notifyWork(
                    JobRequirements.of(job.requirements()), outcome.again().losses(), 1);
        }
    }

    private void ended(JobRecordingInfo job) {
        Long parent = job.parent();
        if (parent != null) {
            reductions.wake(parent);
        } else {
            subscriptions.ended(job.id());
            log.info("event=job.ended job={}", job.id());
        }
    }
}
