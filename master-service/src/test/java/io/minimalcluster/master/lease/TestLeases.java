package io.minimalcluster.master.lease;

import io.minimalcluster.master.id.NewIds;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.match.Offers;
import java.time.InstantSource;

/** Takes leases without a master around. */
public final class TestLeases {
    private TestLeases() {}

    public static TakeLeases taker(InstantSource clock) {
        return new TakeLeases(clock, new TaskSpeeds(), new Offers(), TestIds.random());
    }

    public static TakeLeases taker(InstantSource clock, TaskSpeeds speeds, NewIds ids) {
        return new TakeLeases(clock, speeds, new Offers(), ids);
    }
}
