package io.minimalcluster.master.scheduling.straggler;

import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import org.springframework.stereotype.Component;

/** Detects stragglers every second while workers wait for work. */
@Component
public class StragglerCheck {
    private final Store store;
    private final StragglerMitigation mitigation;
    private final PollRegistry pollRegistry;

    public StragglerCheck(Store store, StragglerMitigation mitigation, PollRegistry pollRegistry) {
        this.store = store;
        this.mitigation = mitigation;
        this.pollRegistry = pollRegistry;
    }

    public void tick() {
        if (!pollRegistry.hasWaitingPolls()) {
            mitigation.clear();
        } else if (store.read(mitigation::look)) {
            // whether a worker has a free slot, and not only space for a prefetched batch, is known when its poll looks
            pollRegistry.notifyAllWaiting();
        }
    }
}
