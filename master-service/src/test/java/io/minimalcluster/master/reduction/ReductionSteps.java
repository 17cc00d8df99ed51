package io.minimalcluster.master.reduction;

import io.minimalcluster.master.environment.TestLookup;
import io.minimalcluster.master.id.NewIds;
import io.minimalcluster.master.job.CancelJob;
import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Reductions whose steps are run by whom the test says. */
public final class ReductionSteps {
    private final Reductions reductions;

    public ReductionSteps(Store store, InstantSource clock, NewIds ids, CancelJob cancel, Executor background) {
        ValueWalk values = new ValueWalk(store);
        Ending ending = new Ending(store, clock, new JobWatch(), cancel);
        this.reductions = new Reductions(
                store,
                new FoldByMaster(store, values, TestLookup.of(store, TestJobs.SQUARE), ending),
                new FoldByMethod(store, clock, values, ending, new WorkBell(), ids),
                ending,
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
