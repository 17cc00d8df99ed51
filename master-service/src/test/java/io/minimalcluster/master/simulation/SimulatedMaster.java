package io.minimalcluster.master.simulation;

import io.minimalcluster.master.id.NewIds;
import io.minimalcluster.master.job.JobCalls;
import io.minimalcluster.master.lease.Headways;
import io.minimalcluster.master.lease.RelieveStragglers;
import io.minimalcluster.master.lease.TakeLeases;
import io.minimalcluster.master.lease.TaskSpeeds;
import io.minimalcluster.master.lease.TestLeases;
import io.minimalcluster.master.reduction.ReductionSteps;
import io.minimalcluster.master.result.ResultCalls;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.master.worker.WorkerCalls;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * All that a master has in memory, on a store that outlives it. What it would do in the background waits to be told.
 */
final class SimulatedMaster {
    private final List<Runnable> background = new ArrayList<>();
    private final WorkerCalls workers;
    private final JobCalls jobs;
    private final ReductionSteps reductions;
    private final ResultCalls results;

    SimulatedMaster(Store store, InstantSource clock, NewIds ids) {
        WorkBell bell = new WorkBell();
        TaskSpeeds speeds = new TaskSpeeds();
        Headways headways = TestLeases.headways(() -> clock.millis() * 1_000_000);
        TakeLeases take = TestLeases.taker(clock, speeds, ids);
        RelieveStragglers relieve = TestLeases.reliever(clock, headways, speeds, take, ids);
        this.workers = new WorkerCalls(store, clock, bell, ids, new WorkerCalls.Lends(take, relieve, headways));
        this.jobs = new JobCalls(store, clock, ids, background::add);
        this.reductions = new ReductionSteps(store, clock, ids, jobs.canceller(), background::add);
        this.results = new ResultCalls(store, clock, bell, TestLeases.pace(speeds, headways), reductions.reductions());
        jobs.start();
        reductions.start();
    }

    WorkerCalls workers() {
        return workers;
    }

    JobCalls jobs() {
        return jobs;
    }

    ReductionSteps reductions() {
        return reductions;
    }

    ResultCalls results() {
        return results;
    }

    boolean isIdle() {
        return background.isEmpty();
    }

    /** Does one of the things that wait, in any order. */
    void goOn(Random random) {
        if (!background.isEmpty()) {
            background.remove(random.nextInt(background.size())).run();
        }
    }
}
