package io.minimalcluster.master.reduce;

import io.minimalcluster.master.environment.TestLookup;
import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.job.CancelJob;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Reductions whose steps run on an executor of the test. */
public final class ReductionSteps {
    private final Reductions reductions;

    public ReductionSteps(
            Store store,
            InstantSource clock,
            PollRegistry pollRegistry,
            IdGenerator idGenerator,
            CancelJob cancel,
            Executor background) {
        ValueReader values = new ValueReader(store);
        ReductionEnd reductionEnd = new ReductionEnd(store, clock, new JobSubscriptions(), cancel);
        this.reductions = new Reductions(
                store,
                new FoldByMaster(store, values, TestLookup.of(store, TestJobs.SQUARE), reductionEnd),
                new FoldByMethod(store, clock, values, reductionEnd, pollRegistry, idGenerator),
                reductionEnd,
                new DelegatingExecutor(background));
    }

    public Reductions reductions() {
        return reductions;
    }

    /** Runs the startup work of a master on reductions. */
    public void start() {
        reductions.dropLeftOver();
    }

    /** Runs the check that a master makes once a second. */
    public void tick() {
        reductions.tick();
    }

    /** Delegates tasks to another executor; it starts no thread unless a task is scheduled. */
    private static final class DelegatingExecutor extends ScheduledThreadPoolExecutor {
        private final Executor background;

        DelegatingExecutor(Executor background) {
            super(1);
            this.background = background;
        }

        @Override
        public void execute(Runnable task) {
            background.execute(task);
        }
    }
}
