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

/** Reductions whose steps are run by whom the test says. */
public final class ReductionSteps {
    private final Reductions reductions;

    public ReductionSteps(
            Store store, InstantSource clock, IdGenerator idGenerator, CancelJob cancel, Executor background) {
        ValueReader values = new ValueReader(store);
        ReductionEnd reductionEnd = new ReductionEnd(store, clock, new JobSubscriptions(), cancel);
        this.reductions = new Reductions(
                store,
                new FoldByMaster(store, values, TestLookup.of(store, TestJobs.SQUARE), reductionEnd),
                new FoldByMethod(store, clock, values, reductionEnd, new PollRegistry(), idGenerator),
                reductionEnd,
                new Handed(background));
    }

    public Reductions reductions() {
        return reductions;
    }

    /** What a master does at its start. */
    public void start() {
        reductions.dropLeftOver();
    }

    /** A second passes. */
    public void look() {
        reductions.look();
    }

    /** Has no thread as long as nothing is scheduled, and hands on what is to be run. */
    private static final class Handed extends ScheduledThreadPoolExecutor {
        private final Executor background;

        Handed(Executor background) {
            super(1);
            this.background = background;
        }

        @Override
        public void execute(Runnable task) {
            background.execute(task);
        }
    }
}
