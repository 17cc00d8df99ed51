package io.minimalcluster.master.maintenance;

import java.time.Duration;

/**
 * A bean with periodic work. Ticks of one task do not overlap, and each sees the effects of the ticks before it. Ticks
 * of different tasks run concurrently.
 */
public interface MaintenanceTask {
    /** Pause between the end of a tick and the start of the next one. */
    default Duration interval() {
        return Duration.ofSeconds(1);
    }

    /** Pause between the start of the master and the first tick. */
    default Duration initialDelay() {
        return Duration.ZERO;
    }

    /** Works once. A failure is logged and does not prevent the next tick. The shutdown interrupts a running tick. */
    void tick();
}
