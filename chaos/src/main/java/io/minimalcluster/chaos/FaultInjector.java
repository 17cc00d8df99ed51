package io.minimalcluster.chaos;

import io.minimalcluster.chaos.cluster.ChaosCluster;
import io.minimalcluster.chaos.cluster.ChaosStore;
import io.minimalcluster.chaos.fault.Fault;
import io.minimalcluster.chaos.fault.NetworkSegment;
import io.minimalcluster.chaos.load.HostileClients;
import io.minimalcluster.chaos.proxy.ChaosProxy;
import io.minimalcluster.chaos.proxy.NetworkFault;
import io.minimalcluster.chaos.recovery.RecoveryMeasurement;
import io.minimalcluster.chaos.recovery.SlowJobs;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Injects faults into a cluster one after another, and removes each before the next. */
final class FaultInjector {
    private static final long LOSS_SECONDS = 10;

    private final ChaosCluster cluster;
    private final ChaosStore store;
    private final RecoveryMeasurement recovery;
    private final SlowJobs slowJobs;
    private int joined;

    FaultInjector(ChaosCluster cluster, ChaosStore store, RecoveryMeasurement recovery, SlowJobs slowJobs) {
        this.cluster = cluster;
        this.store = store;
        this.recovery = recovery;
        this.slowJobs = slowJobs;
    }

    static String worker(int number) {
        return "worker-" + number;
    }

    /**
     * Injects a fault.
     *
     * @return false if its target, such as an executor, did not exist
     */
    boolean apply(Fault fault) {
        return switch (fault) {
            case Fault.KillMaster() -> {
                recovery.measureMaster(() -> cluster.kill("master"), cluster::startMaster);
                cluster.awaitMaster();
                yield true;
            }
            case Fault.KillWorker(int worker) -> {
                slowJobs.killWhileRunning(worker(worker), () -> cluster.kill(worker(worker)));
                cluster.startWorker(worker(worker));
                yield true;
            }
            case Fault.KillEverything() -> {
                cluster.kill(worker(0));
                recovery.measureMaster(() -> cluster.kill("master"), () -> {
                    cluster.kill(worker(1));
                    cluster.startWorker(worker(1));
                    cluster.startMaster();
                });
                cluster.awaitMaster();
                cluster.startWorker(worker(0));
                yield true;
            }
            case Fault.KillExecutor(int worker, int executor) -> cluster.killExecutor(worker(worker), executor);
            case Fault.KillStore() -> {
                recovery.measureServer(store::kill, store::restart);
                yield true;
            }
            case Fault.StoreOutage(Duration length) -> during(length, store::kill, store::restart);
            case Fault.StopMaster(Duration length) -> stop("master", length);
            case Fault.StopWorker(int worker, Duration length) -> stop(worker(worker), length);
            case Fault.StopExecutor(int worker, int executor, Duration length) -> {
                boolean done = cluster.stopExecutor(worker(worker), executor);
                LockSupport.parkNanos(length.toNanos());
                cluster.resume(worker(worker));
                yield done;
            }
            case Fault.Network(NetworkSegment place, NetworkFault network, Duration length) ->
                during(
                        length,
                        () -> proxy(place).inject(network),
                        () -> proxy(place).heal());
            case Fault.LostAnswer(NetworkSegment place, String requestText) -> dropResponse(proxy(place), requestText);
            case Fault.ResetAll(NetworkSegment place) -> {
                proxy(place).resetAll();
                yield true;
            }
            case Fault.JoinAndLeave(Duration length) -> {
                String name = "joined-" + ++joined;
                yield during(length, () -> cluster.startWorker(name), () -> cluster.terminate(name));
            }
            case Fault.HostileClients(Duration length) -> {
                try (HostileClients _ = HostileClients.start(cluster.master(), cluster.key("authkey"))) {
                    LockSupport.parkNanos(length.toNanos());
                }
                yield true;
            }
        };
    }

    private boolean stop(String name, Duration length) {
        return during(length, () -> cluster.stop(name), () -> cluster.resume(name));
    }

    private static boolean during(Duration length, Runnable begin, Runnable end) {
        begin.run();
        LockSupport.parkNanos(length.toNanos());
        end.run();
        return true;
    }

    private static boolean dropResponse(ChaosProxy proxy, String requestText) {
        CompletableFuture<Void> loss =
                proxy.loseNextAnswer(requestText).completeOnTimeout(null, LOSS_SECONDS, TimeUnit.SECONDS);
        long since = System.nanoTime();
        loss.join();
        boolean happened = System.nanoTime() - since < TimeUnit.SECONDS.toNanos(LOSS_SECONDS);
        proxy.heal();
        return happened;
    }

    private ChaosProxy proxy(NetworkSegment place) {
        return switch (place) {
            case WORKERS -> cluster.forWorkers();
            case CLIENTS -> cluster.forClients();
        };
    }
}
