package io.minimalcluster.chaos;

import io.minimalcluster.chaos.cluster.ChaosCluster;
import io.minimalcluster.chaos.cluster.ChaosStore;
import io.minimalcluster.chaos.load.LongTask;
import io.minimalcluster.chaos.load.SingleCalls;
import io.minimalcluster.chaos.recovery.ClusterObserver;
import io.minimalcluster.chaos.recovery.RecoveryInterval;
import io.minimalcluster.chaos.recovery.RecoveryMeasurement;
import io.minimalcluster.chaos.recovery.RecoveryTimes;
import io.minimalcluster.client.local.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** A recovery run: kills the parts of an otherwise idle cluster repeatedly and measures recovery times. */
public final class RecoveryRun implements ReportingRun {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Installation installation;
    private final Path folder;
    private final ChaosOptions options;
    private final Consumer<String> log;
    private final RandomGenerator random;
    private final OpenResources opened = new OpenResources();
    private final RecoveryTimes times = new RecoveryTimes();

    /**
     * Prepares a run.
     *
     * @param folder the folder for the logs and the data
     * @param log receives progress messages
     */
    public RecoveryRun(Installation installation, Path folder, ChaosOptions options, Consumer<String> log) {
        this.installation = installation;
        this.folder = folder;
        this.options = options;
        this.log = log;
        this.random = new SplittableRandom(options.seed());
    }

    /** Runs to completion. */
    public RecoveryTimes run() {
        try (opened) {
            ChaosStore store = options.openStore();
            opened.onClose(store::close);
            ChaosCluster cluster = opened.startCluster(installation, folder, options, store);
            measure(cluster, store);
        }
        return times;
    }

    @Override
    public Report execute() {
        return new Report(run().toString(), true);
    }

    @Override
    public Report abort() {
        opened.close();
        return new Report(times.toString(), true);
    }

    private void measure(ChaosCluster cluster, ChaosStore store) {
        try (SingleCalls calls = new SingleCalls(cluster.master(), cluster.key("authkey"));
                SingleCalls asWorker = new SingleCalls(cluster.master(), cluster.key("worker.key"))) {
            LongTask task = new LongTask(calls);
            RecoveryMeasurement recovery = new RecoveryMeasurement(calls, asWorker, times, options.lease());
            repeat("worker", () -> killWorker(cluster, recovery, task));
            repeat("master", () -> killMaster(cluster, recovery));
            if (store.canBeKilled()) {
                repeat("PostgreSQL", () -> recovery.measureServer(store::kill, store::restart));
            }
        }
    }

    private void repeat(String part, Runnable kill) {
        for (int time = 1; time <= options.recoveries(); time++) {
            log.accept("%s killed, %d of %d".formatted(part, time, options.recoveries()));
            kill.run();
        }
    }

    /**
     * Kills the worker that runs the task, at a random moment between two heartbeats. The other worker has a free slot.
     */
    private void killWorker(ChaosCluster cluster, RecoveryMeasurement recovery, LongTask task) {
        ClusterObserver observer = recovery.observer();
        await("two idle workers", () -> Optional.of(observer.idle()).filter(idle -> idle.size() == 2));
        String path = task.start();
        String worker = await("a running task", () -> observer.runnerOf(path));
        String name = observer.workers().stream()
                .filter(each -> each.path("id").asString().equals(worker))
                .map(each -> each.path("name").asString())
                .findFirst()
                .orElseThrow();
        LockSupport.parkNanos(random.nextLong(options.heartbeat().toNanos()));
        recovery.measureWorker(worker, path, () -> cluster.kill(name));
        task.end();
        cluster.startWorker(name);
    }

    private void killMaster(ChaosCluster cluster, RecoveryMeasurement recovery) {
        ClusterObserver observer = recovery.observer();
        await("two idle workers", () -> Optional.of(observer.idle()).filter(idle -> idle.size() == 2));
        Instant before = Instant.now(); // the master uses the same clock
        long killed = System.nanoTime();
        recovery.measureMaster(() -> cluster.kill("master"), cluster::startMaster);
        await("polls of both workers", () -> Optional.of(observer.idle()).filter(idle -> polledSince(idle, before)));
        times.recordSince(RecoveryInterval.WORKERS_BACK, killed);
        cluster.awaitMaster();
    }

    private static boolean polledSince(List<JsonNode> workers, Instant moment) {
        return workers.stream()
                        .filter(worker -> Instant.parse(
                                        worker.path("lastSeenAt").asString())
                                .isAfter(moment))
                        .count()
                == 2;
    }

    private static <T> T await(String condition, Supplier<Optional<T>> poll) {
        return ClusterObserver.await(TIMEOUT, poll)
                .orElseThrow(() ->
                        new IllegalStateException("after " + TIMEOUT + " the condition does not hold: " + condition));
    }
}
