package io.minimalcluster.master.job.notify;

import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import org.springframework.stereotype.Component;

/**
 * Wakes all who wait, once the store takes writes again, when it may have kept what it said that it did not: nobody was
 * told of that.
 */
@Component
public class NotifyAfterUncertainCommit {
    private final Store store;
    private final PollRegistry pollRegistry;
    private final JobSubscriptions subscriptions;

    // of the one thread that looks
    private long known;

    NotifyAfterUncertainCommit(Store store, PollRegistry pollRegistry, JobSubscriptions subscriptions) {
        this.store = store;
        this.pollRegistry = pollRegistry;
        this.subscriptions = subscriptions;
    }

    public void tick() {
        long doubts = store.uncertainCommits();
        if (doubts != known && store.isWritable()) {
            known = doubts;
            pollRegistry.notifyAllWaiting();
            pollRegistry.orderAll();
            subscriptions.lookAgain();
        }
    }
}
