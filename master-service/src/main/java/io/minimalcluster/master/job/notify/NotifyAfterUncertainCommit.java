package io.minimalcluster.master.job.notify;

import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import org.springframework.stereotype.Component;

/**
 * Wakes all waiting callers and polls after a commit with unknown outcome, as soon as the store is writable again. Such
 * a commit may have succeeded without any notification.
 */
@Component
class NotifyAfterUncertainCommit implements MaintenanceTask {
    private final Store store;
    private final PollRegistry pollRegistry;
    private final JobSubscriptions subscriptions;

    private long known; // accessed by tick only

    NotifyAfterUncertainCommit(Store store, PollRegistry pollRegistry, JobSubscriptions subscriptions) {
        this.store = store;
        this.pollRegistry = pollRegistry;
        this.subscriptions = subscriptions;
    }

    @Override
    public void tick() {
        long uncertain = store.uncertainCommits();
        if (uncertain != known && store.isWritable()) {
            known = uncertain;
            pollRegistry.notifyAllWaiting();
            pollRegistry.notifyAllOrders();
            subscriptions.wakeAll();
        }
    }
}
