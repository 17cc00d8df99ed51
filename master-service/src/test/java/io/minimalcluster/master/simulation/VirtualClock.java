package io.minimalcluster.master.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when somebody says so. */
final class VirtualClock implements InstantSource {
    private long millis = 1_800_000_000_000L;

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    void advance(long by) {
        millis += by;
    }
}
