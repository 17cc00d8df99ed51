package io.minimalcluster.master.monitoring;

import io.minimalcluster.master.store.DiskSpaceGuard;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Health of the disk space: UP if new uploads are accepted, else UNKNOWN. The master still accepts results then, so it
 * is not DOWN.
 */
@Component("roomHealthIndicator")
class DiskSpaceHealthIndicator extends AbstractHealthIndicator {
    private final DiskSpaceGuard diskSpace;

    DiskSpaceHealthIndicator(DiskSpaceGuard diskSpace) {
        super("the disk space can't be read");
        this.diskSpace = diskSpace;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(diskSpace.isLow() ? Status.UNKNOWN : Status.UP);
    }
}
