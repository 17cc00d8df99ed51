package io.minimalcluster.master.reduce;

import io.minimalcluster.master.environment.TestLookup;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.environment.TargetFunction;
import java.time.InstantSource;

/** Takes reductions further when a test says so. */
final class TestReductions {
    private final Store store;
    private final Reductions reductions;

    TestReductions(Store store, InstantSource clock, TargetFunction mapped) {
        this.store = store;
        ValueReader values = new ValueReader(store);
        ReductionEnd reductionEnd =
                new ReductionEnd(store, clock, new JobSubscriptions(), new TestJobs(store, clock).canceller());
        this.reductions = new Reductions(
                store,
                new FoldByMaster(store, values, TestLookup.of(store, mapped), reductionEnd),
                new FoldByMethod(store, clock, values, reductionEnd, new PollRegistry(), TestIds.random()),
                reductionEnd);
    }

    /** One step; true if another follows at once. */
    boolean step(long job) {
        return reductions.step(job);
    }

    /** Notes a job as what folds the values next; whether it was let. */
    boolean foldBy(long job, long child) {
        return store.writeAndWait(sql -> Reduction.find(sql, job)
                .map(reduction -> reduction.foldBy(sql, child) == 1)
                .orElse(false));
    }

    /** As many as it takes until there is none, or it waits for its tasks. */
    void finish(long job) {
        boolean more = true;
        while (more && store.read(sql -> Reduction.find(sql, job)).isPresent()) {
            more = step(job);
        }
    }
}
