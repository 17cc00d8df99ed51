package io.minimalcluster.master.worker;

import io.minimalcluster.master.lease.RelieveStragglers;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import org.springframework.stereotype.Component;

/** Looks every second, while workers wait for work, for what they could take off those that are late. */
@Component
class Stragglers {
    private final Store store;
    private final RelieveStragglers relieve;
    private final WorkBell bell;

    Stragglers(Store store, RelieveStragglers relieve, WorkBell bell) {
        this.store = store;
        this.relieve = relieve;
        this.bell = bell;
    }

    void tick() {
        if (!bell.isAnyHungry()) {
            relieve.forget();
        } else if (store.read(relieve::look)) {
            bell.ringAll(); // who has a slot free, and not only room for a batch ahead, is known when it looks
        }
    }
}
