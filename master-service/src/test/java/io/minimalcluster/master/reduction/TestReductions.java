package io.minimalcluster.master.reduction;

import io.minimalcluster.master.environment.TestLookup;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.environment.TargetFunction;
import java.time.InstantSource;

/** Takes reductions further when a test says so. */
public final class TestReductions {
    private final Store store;
    private final Reductions reductions;

    public TestReductions(Store store, InstantSource clock, TargetFunction mapped) {
        this.store = store;
        ValueWalk values = new ValueWalk(store);
        Ending ending = new Ending(store, clock, new JobWatch(), new TestJobs(store, clock).canceller());
        this.reductions = new Reductions(
                store,
                new FoldByMaster(store, values, TestLookup.of(store, mapped), ending),
                new FoldByMethod(store, clock, values, ending, new WorkBell(), TestIds.random()),
                ending);
    }

    /** One step; true if another follows at once. */
    public boolean step(long job) {
        return reductions.step(job);
    }

    /** Notes a job as what folds the values next; whether it was let. */
    public boolean foldBy(long job, long child) {
        return store.writeAndWait(sql -> Reduction.find(sql, job)
                .map(reduction -> reduction.foldBy(sql, child) == 1)
                .orElse(false));
    }

    /** As many as it takes until there is none, or it waits for its tasks. */
    public void finish(long job) {
        boolean more = true;
        while (more && store.read(sql -> Reduction.find(sql, job)).isPresent()) {
            more = step(job);
        }
    }
}
