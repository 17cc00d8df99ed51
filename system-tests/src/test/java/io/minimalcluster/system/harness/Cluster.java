package io.minimalcluster.system.harness;

import java.util.ArrayList;
import java.util.List;

/** A master with a local worker of two slots, and a worker process with one slot. */
public final class Cluster implements AutoCloseable {
    private final MasterProcess master;
    private final WorkerProcess worker;

    private Cluster(MasterProcess master, WorkerProcess worker) {
        this.master = master;
        this.worker = worker;
    }

    static Cluster start() {
        MasterProcess master = MasterProcess.start(
                "--minimalcluster.local-worker.slots=2",
                "--minimalcluster.lease.duration=6s",
                "--minimalcluster.lease.heartbeat=1s",
                "--minimalcluster.executor.max-result=1m",
                "--minimalcluster.executor.heap=96m");
        return new Cluster(
                master,
                WorkerProcess.start(
                        master,
                        "second",
                        "--minimalcluster.worker.slots=1",
                        "--minimalcluster.executor.max-result=1m",
                        "--minimalcluster.executor.heap=96m"));
    }

    public MasterProcess master() {
        return master;
    }

    /** All descendants of the master and the worker. */
    public List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(master.program().descendants());
        all.addAll(worker.program().descendants());
        return all;
    }

    public Api api() {
        return master.api();
    }

    @Override
    public void close() {
        worker.close();
        master.close();
    }
}
