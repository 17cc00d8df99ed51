package io.minimalcluster.micro;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts the bytes of JSON that a benchmark has read, so that JMH reports them per unit of time. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Volume {
    /** The name of the count among the results of JMH. */
    static final String NAME = "bytes";

    public long bytes;
}
