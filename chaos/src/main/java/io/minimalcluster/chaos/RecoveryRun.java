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

/** A quiet cluster with free slots, of which one part after another is killed, again and again, and nothing else. */
public final class RecoveryRun implements ReportingRun {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Installation installation;
    private final Path folder;
    private final ChaosOptions options;
    private final Consumer<String> news;
    private final RandomGenerator random;
    private final OpenResources opened = new OpenResources();
    private final RecoveryTimes times = new RecoveryTimes();

    /** The folder takes the logs and the data. */
    public RecoveryRun(Installation installation, Path folder, ChaosOptions options, Consumer<String> news) {
        this.installation = installation;
        this.folder = folder;
        this.options = options;
        this.news = news;
        this.random = new SplittableRandom(options.seed());
    }

    /** Runs it to its end. */
    public RecoveryTimes run() {
        try (opened) {
            ChaosStore store = options.openStore();
            opened.atEnd(store::close);
            ChaosCluster cluster =
                    new ChaosCluster(installation, folder, options.masterSettings(store), options.seed());
            opened.atEnd(cluster::close);
            cluster.startMaster();
            cluster.awaitMaster();
            cluster.startWorker(FaultInjector.worker(0));
            cluster.startWorker(FaultInjector.worker(1));
            measure(cluster, store);
        }
        return times;
    }

    @Override
    public Report whole() {
        return new Report(run().toString(), true);
    }

    @Override
    public Report end() {
        opened.close();
        return new Report(times.toString(), true);
    }

    private void measure(ChaosCluster cluster, ChaosStore store) {
        try (SingleCalls calls = new SingleCalls(cluster.master(), cluster.key("authkey"));
                SingleCalls asWorker = new SingleCalls(cluster.master(), cluster.key("worker.key"))) {
            LongTask task = new LongTask(calls);
            RecoveryMeasurement recovery = new RecoveryMeasurement(calls, asWorker, times, options.lease());
            again("worker", () -> killWorker(cluster, recovery, task));
            again("master", () -> killMaster(cluster, recovery));
            if (store.canBeKilled()) {
                again("PostgreSQL", () -> recovery.ofServer(store::kill, store::restart));
            }
        }
    }

    private void again(String what, Runnable killing) {
        for (int time = 1; time <= options.recoveries(); time++) {
            news.accept("%s killed, %d of %d".formatted(what, time, options.recoveries()));
            killing.run();
        }
    }

    /** The one that has the task, at any moment between two signs of life; the other has room for it. */
    private void killWorker(ChaosCluster cluster, RecoveryMeasurement recovery, LongTask task) {
        ClusterObserver observer = recovery.observer();
        awaited("two idle workers", () -> Optional.of(observer.idle()).filter(idle -> idle.size() == 2));
        String path = task.start();
        String worker = awaited("a running task", () -> observer.runnerOf(path));
        String name = observer.workers().stream()
                .filter(each -> each.path("id").asString().equals(worker))
                .map(each -> each.path("name").asString())
                .findFirst()
                .orElseThrow();
        LockSupport.parkNanos(random.nextLong(options.heartbeat().toNanos()));
        recovery.ofWorker(worker, path, () -> cluster.kill(name));
        task.end();
        cluster.startWorker(name);
    }

    private void killMaster(ChaosCluster cluster, RecoveryMeasurement recovery) {
        ClusterObserver observer = recovery.observer();
        awaited("two idle workers", () -> Optional.of(observer.idle()).filter(idle -> idle.size() == 2));
        Instant last = Instant.now(); // the same clock as the master's, for it is the same machine
        long killed = System.nanoTime();
        recovery.ofMaster(() -> cluster.kill("master"), cluster::startMaster);
        awaited("workers that ask again", () -> Optional.of(observer.idle()).filter(idle -> askedSince(idle, last)));
        times.takeSince(RecoveryInterval.WORKERS_BACK, killed);
        cluster.awaitMaster();
    }

    private static boolean askedSince(List<JsonNode> workers, Instant moment) {
        return workers.stream()
                        .filter(worker -> Instant.parse(
                                        worker.path("lastSeenAt").asString())
                                .isAfter(moment))
                        .count()
                == 2;
    }

    private static <T> T awaited(String what, Supplier<Optional<T>> look) {
        return ClusterObserver.await(PATIENCE, look)
                .orElseThrow(() -> new IllegalStateException("after " + PATIENCE + " there is still not: " + what));
    }
}
