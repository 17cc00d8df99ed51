package io.minimalcluster.master.job;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import org.springframework.stereotype.Component;

/**
 * Wakes all who wait, once the store takes writes again, when it may have kept what it said that it did not: nobody was
 * told of that.
 */
@Component
class WakeAfterDoubt {
    private final Store store;
    private final WorkBell bell;
    private final JobWatch watch;

    // of the one thread that looks
    private long known;

    WakeAfterDoubt(Store store, WorkBell bell, JobWatch watch) {
        this.store = store;
        this.bell = bell;
        this.watch = watch;
    }

    void tick() {
        long doubts = store.doubts();
        if (doubts != known && store.isWritable()) {
            known = doubts;
            bell.ringAll();
            bell.orderAll();
            watch.lookAgain();
        }
    }
}
