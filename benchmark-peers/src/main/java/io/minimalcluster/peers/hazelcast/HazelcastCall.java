package io.minimalcluster.peers.hazelcast;

import io.minimalcluster.benchmarks.peer.PeerTask;
import java.io.Serializable;
import java.util.concurrent.Callable;

/** A task with its argument. */
record HazelcastCall(PeerTask task, Serializable argument) implements Callable<Object>, Serializable {
    @Override
    public Object call() {
        return task.run(argument);
    }
}
