package io.minimalcluster.master.health;

import io.minimalcluster.master.store.Room;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether there is room for new jobs. Without, the master is well all the same: it takes results. */
@Component("roomHealthIndicator")
class RoomHealth extends AbstractHealthIndicator {
    private final Room room;

    RoomHealth(Room room) {
        super("the room can't be looked at");
        this.room = room;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(room.isLow() ? Status.UNKNOWN : Status.UP);
    }
}
