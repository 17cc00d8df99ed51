package io.minimalcluster.chaos;

import io.minimalcluster.chaos.cluster.ChaosCluster;
import io.minimalcluster.chaos.cluster.ChaosStore;
import io.minimalcluster.client.local.Installation;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The open resources of a run. They are closed once, in reverse order, at the end or by the shutdown hook. */
final class OpenResources implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>(); // guarded by this, like all fields
    private boolean closed;

    /**
     * Registers a close action.
     *
     * @throws IllegalStateException if the run has already been closed; the action is then executed immediately
     */
    synchronized void onClose(Runnable closing) {
        closings.push(closing);
        if (closed) {
            close();
            throw new IllegalStateException("the run has been closed");
        }
    }

    /** Starts a master and two workers. */
    ChaosCluster startCluster(Installation installation, Path folder, ChaosOptions options, ChaosStore store) {
        ChaosCluster cluster = new ChaosCluster(installation, folder, options.masterSettings(store), options.seed());
        onClose(cluster::close);
        cluster.startMaster();
        cluster.awaitMaster();
        cluster.startWorker(FaultInjector.worker(0));
        cluster.startWorker(FaultInjector.worker(1));
        return cluster;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}
