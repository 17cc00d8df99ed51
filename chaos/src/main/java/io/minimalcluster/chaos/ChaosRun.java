package io.minimalcluster.chaos;

import io.minimalcluster.chaos.check.CallCounts;
import io.minimalcluster.chaos.check.Stories;
import io.minimalcluster.chaos.check.Verdict;
import io.minimalcluster.chaos.cluster.ChaosCluster;
import io.minimalcluster.chaos.cluster.ChaosStore;
import io.minimalcluster.chaos.fault.Fault;
import io.minimalcluster.chaos.fault.Schedule;
import io.minimalcluster.chaos.history.Call;
import io.minimalcluster.chaos.history.History;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.load.Calls;
import io.minimalcluster.chaos.load.ChaosClient;
import io.minimalcluster.chaos.load.KnownJobs;
import io.minimalcluster.chaos.load.LastReader;
import io.minimalcluster.chaos.load.Recorder;
import io.minimalcluster.chaos.load.Setting;
import io.minimalcluster.chaos.recovery.Recovery;
import io.minimalcluster.client.local.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One run: a cluster, clients, faults, silence, a last look, and the verdict. */
public final class ChaosRun {
    private static final int CLIENTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Installation installation;
    private final Path folder;
    private final Options options;
    private final Consumer<String> news;
    private final List<String> recovery = new ArrayList<>();
    private final Map<String, Integer> faults = new TreeMap<>();

    /** The folder takes the history, the logs and the data. */
    public ChaosRun(Installation installation, Path folder, Options options, Consumer<String> news) {
        this.installation = installation;
        this.folder = folder;
        this.options = options;
        this.news = news;
    }

    /** Runs it to its end. */
    public Outcome run() throws InterruptedException {
        Path file = folder.resolve("history.jsonl");
        try (History history = new History(file);
                ChaosStore store = store();
                ChaosCluster cluster = new ChaosCluster(installation, folder, settings(store), options.seed())) {
            cluster.startMaster();
            cluster.awaitMaster();
            cluster.startWorker(Breaker.worker(0));
            cluster.startWorker(Breaker.worker(1));
            run(history, cluster, store);
        }
        List<Call> calls = History.read(file);
        return new Outcome(Verdict.of(calls), CallCounts.of(calls), Map.copyOf(faults), List.copyOf(recovery));
    }

    private ChaosStore store() {
        return switch (options.store()) {
            case StoreChoice.Sqlite() -> ChaosStore.of(List.of());
            case StoreChoice.OuterPostgres(String url) -> ChaosStore.of(List.of("--spring.datasource.url=" + url));
            case StoreChoice.OwnPostgres() -> ChaosStore.ownPostgres();
        };
    }

    private List<String> settings(ChaosStore store) {
        List<String> settings = new ArrayList<>(options.masterSettings());
        settings.addAll(store.settings());
        return settings;
    }

    private void run(History history, ChaosCluster cluster, ChaosStore store) throws InterruptedException {
        try (Calls direct = new Calls(cluster.master(), cluster.key("authkey"));
                Calls proxied = new Calls(cluster.forClients().url(), cluster.key("authkey"));
                Calls asWorker = new Calls(cluster.master(), cluster.key("worker.key"))) {
            Setting setting = new Setting(direct);
            String environment = setting.load();
            setting.warmUp(environment);
            history.note(Operation.RESOURCES, cluster.resources());
            List<ChaosClient> clients = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            KnownJobs jobs = new KnownJobs();
            SplittableRandom random = new SplittableRandom(options.seed());
            for (int number = 0; number < CLIENTS; number++) {
                Recorder recorder =
                        new Recorder("client-" + number, number % 2 == 0 ? direct : proxied, history, environment);
                ChaosClient client = new ChaosClient(recorder, jobs, random.split());
                clients.add(client);
                threads.add(Thread.ofPlatform().name("client-" + number).start(client));
            }
            news.accept("clients run; faults begin");
            Recovery measured = Recovery.of(asWorker, new Recorder("run", direct, history, environment));
            breakFor(history, new Breaker(cluster, store, measured, options.lease()));
            recovery.addAll(measured.lines());
            clients.forEach(ChaosClient::stop);
            for (Thread thread : threads) {
                thread.join();
            }
            news.accept("faults are over; waiting for the ends of all jobs");
            LastReader last = new LastReader(new Recorder(Stories.LAST, direct, history, environment), history);
            last.awaitEnds(PATIENCE);
            last.readAll();
            history.note(Operation.RESOURCES, settled(cluster));
        }
    }

    private void breakFor(History history, Breaker breaker) {
        Schedule schedule = options.schedule();
        long end = System.nanoTime() + options.length().toNanos();
        for (int count = 0; System.nanoTime() - end < 0 || count < options.faults(); count++) {
            LockSupport.parkNanos(schedule.pause().toNanos());
            Fault fault = schedule.next();
            news.accept(fault.toString());
            long call = history.invoke("run", Operation.FAULT, Map.of("fault", fault.toString()));
            boolean done = breaker.apply(fault);
            history.end(call, "run", Operation.FAULT, Phase.OK, Map.of("done", done));
            if (done) {
                faults.merge(fault.kind(), 1, Integer::sum);
            }
        }
    }

    /** Processes that were killed may take a moment to be gone. */
    private static Map<String, ?> settled(ChaosCluster cluster) {
        for (int look = 0; look < 100 && !cluster.orphans().isEmpty(); look++) {
            LockSupport.parkNanos(100_000_000L);
        }
        return cluster.resources();
    }
}
