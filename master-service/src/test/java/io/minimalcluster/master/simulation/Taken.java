package io.minimalcluster.master.simulation;

import io.minimalcluster.master.lease.Lease;
import java.util.HashMap;
import java.util.Map;

/** A lease that a worker was given, with what it has computed of it. */
record Taken(Lease lease, Map<Integer, Posting.Result> computed) {
    Taken(Lease lease) {
        this(lease, new HashMap<>());
    }

    int first() {
        return Math.toIntExact(lease.first());
    }

    int last() {
        return Math.toIntExact(lease.last());
    }

    @Override
    public String toString() {
        return "lease " + lease.seq() + " (job " + lease.jobSeq() + ", " + first() + " to " + last() + ")";
    }
}
