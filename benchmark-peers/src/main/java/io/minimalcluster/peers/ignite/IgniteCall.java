package io.minimalcluster.peers.ignite;

import io.minimalcluster.benchmarks.peer.PeerTask;
import java.io.Serializable;
import org.apache.ignite.lang.IgniteCallable;

/** A task with its argument. It is no record, because Ignite sets fields by their offset, which records refuse. */
final class IgniteCall implements IgniteCallable<Object> {
    private static final long serialVersionUID = 1;

    private final PeerTask task;
    private final Serializable argument;

    IgniteCall(PeerTask task, Serializable argument) {
        this.task = task;
        this.argument = argument;
    }

    @Override
    public Object call() {
        return task.run(argument);
    }
}
