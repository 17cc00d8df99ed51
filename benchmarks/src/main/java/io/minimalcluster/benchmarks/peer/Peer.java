package io.minimalcluster.benchmarks.peer;

import java.io.Serializable;
import java.util.List;

/** A running cluster of another system with two workers of one slot. */
public interface Peer extends AutoCloseable {
    /** Runs a task for each argument. Returns the values in the order of the arguments. */
    List<?> values(PeerTask task, List<? extends Serializable> arguments) throws Exception;

    /** Ends the workers and waits for their end, so that they take no time from the next measurement. */
    @Override
    void close();
}
