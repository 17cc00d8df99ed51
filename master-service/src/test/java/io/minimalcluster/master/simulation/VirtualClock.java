package io.minimalcluster.master.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that only tests advance. */
final class VirtualClock implements InstantSource {
    private long millis = 1_800_000_000_000L;

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    void advance(long duration) {
        millis += duration;
    }
}
