package io.minimalcluster.master.reduce;

import io.minimalcluster.master.environment.TestLookup;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.environment.TargetFunction;
import java.time.InstantSource;

/** Reductions that tests run step by step. */
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

    /** Runs one step and returns true if another step is ready. */
    boolean step(long job) {
        return reductions.step(job);
    }

    /** Records {@code child} as the hidden job of the next round and returns true if the job still allows it. */
    boolean foldBy(long job, long child) {
        return store.writeAndWait(sql -> Reduction.find(sql, job)
                .map(reduction -> reduction.startRound(sql, child) == 1)
                .orElse(false));
    }

    /** Runs steps until the reduction ends or waits for tasks. */
    void finish(long job) {
        boolean more = true;
        while (more && store.read(sql -> Reduction.find(sql, job)).isPresent()) {
            more = step(job);
        }
    }
}
