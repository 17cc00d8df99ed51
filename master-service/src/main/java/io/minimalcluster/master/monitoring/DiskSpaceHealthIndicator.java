package io.minimalcluster.master.monitoring;

import io.minimalcluster.master.store.DiskSpaceGuard;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether there is room for new jobs. Without, the master is well all the same: it takes results. */
@Component("roomHealthIndicator")
class DiskSpaceHealthIndicator extends AbstractHealthIndicator {
    private final DiskSpaceGuard diskSpace;

    DiskSpaceHealthIndicator(DiskSpaceGuard diskSpace) {
        super("the room can't be looked at");
        this.diskSpace = diskSpace;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(diskSpace.isLow() ? Status.UNKNOWN : Status.UP);
    }
}
