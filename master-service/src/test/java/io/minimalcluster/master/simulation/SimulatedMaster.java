package io.minimalcluster.master.simulation;

import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.job.JobCalls;
import io.minimalcluster.master.reduce.ReductionSteps;
import io.minimalcluster.master.result.record.ResultCalls;
import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.LeaseProgressCache;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.TaskSpeedCache;
import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.worker.WorkerCalls;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The in-memory state of a master on a store that outlives it. Background tasks run only when a test runs them. */
final class SimulatedMaster {
    private final List<Runnable> background = new ArrayList<>();
    private final WorkerCalls workers;
    private final JobCalls jobs;
    private final ReductionSteps reductions;
    private final ResultCalls results;

    SimulatedMaster(Store store, InstantSource clock, IdGenerator idGenerator) {
        PollRegistry pollRegistry = new PollRegistry();
        LastPolls lastPolls = new LastPolls(clock);
        TaskSpeedCache speedCache = new TaskSpeedCache();
        LeaseProgressCache progressCache = TestLeases.progressCache(() -> clock.millis() * 1_000_000);
        BatchAllocator batchAllocator = TestLeases.allocator(clock, speedCache, idGenerator);
        StragglerMitigation mitigation =
                TestLeases.mitigation(clock, progressCache, speedCache, batchAllocator, idGenerator);
        this.workers = new WorkerCalls(
                store,
                clock,
                pollRegistry,
                idGenerator,
                new WorkerCalls.Scheduling(batchAllocator, mitigation, progressCache, lastPolls));
        this.jobs = new JobCalls(store, clock, pollRegistry, idGenerator, background::add);
        this.reductions =
                new ReductionSteps(store, clock, pollRegistry, idGenerator, jobs.canceller(), background::add);
        this.results = new ResultCalls(
                store,
                clock,
                pollRegistry,
                lastPolls,
                TestLeases.pace(speedCache, progressCache),
                reductions.reductions());
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

    /** Runs one random background task. */
    void runBackgroundTask(Random random) {
        if (!background.isEmpty()) {
            background.remove(random.nextInt(background.size())).run();
        }
    }
}
