package io.minimalcluster.master.scheduling.straggler;

import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import org.springframework.stereotype.Component;

/** Looks every second, while workers wait for work, for what they could take off those that are late. */
@Component
public class StragglerChore {
    private final Store store;
    private final StragglerMitigation mitigation;
    private final PollRegistry pollRegistry;

    public StragglerChore(Store store, StragglerMitigation mitigation, PollRegistry pollRegistry) {
        this.store = store;
        this.mitigation = mitigation;
        this.pollRegistry = pollRegistry;
    }

    public void tick() {
        if (!pollRegistry.hasWaitingPolls()) {
            mitigation.forget();
        } else if (store.read(mitigation::look)) {
            pollRegistry
                    .notifyAllWaiting(); // who has a slot free, and not only room for a batch ahead, is known when it
            // looks
        }
    }
}
