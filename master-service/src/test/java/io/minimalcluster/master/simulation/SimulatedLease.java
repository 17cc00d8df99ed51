package io.minimalcluster.master.simulation;

import io.minimalcluster.master.scheduling.Lease;
import java.util.HashMap;
import java.util.Map;

/** A lease as its worker knows it, with computed results and the last known end. */
final class SimulatedLease {
    private final Lease lease;
    private final Map<Integer, PartInFlight.Result> computed = new HashMap<>();
    private int last;

    SimulatedLease(Lease lease) {
        this.lease = lease;
        this.last = Math.toIntExact(lease.last());
    }

    Lease lease() {
        return lease;
    }

    Map<Integer, PartInFlight.Result> computed() {
        return computed;
    }

    int first() {
        return Math.toIntExact(lease.first());
    }

    int last() {
        return last;
    }

    /** Applies a received end, which may be outdated. */
    void shrinkTo(long end) {
        last = Math.min(last, Math.toIntExact(end));
    }

    @Override
    public String toString() {
        return "lease " + lease.seq() + " (job " + lease.jobSeq() + ", " + first() + " to " + last() + ")";
    }
}
