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
import io.minimalcluster.chaos.recovery.Naps;
import io.minimalcluster.chaos.recovery.Recovery;
import io.minimalcluster.chaos.recovery.Times;
import io.minimalcluster.client.local.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One run: a cluster, clients, faults, silence, a last look, and the verdict. */
public final class ChaosRun implements Run {
    private static final int CLIENTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Installation installation;
    private final Path folder;
    private final Options options;
    private final Consumer<String> news;
    private final Opened opened = new Opened();
    private final Times times = new Times();
    private final Map<String, Integer> faults = new ConcurrentSkipListMap<>();

    /** The folder takes the history, the logs and the data. */
    public ChaosRun(Installation installation, Path folder, Options options, Consumer<String> news) {
        this.installation = installation;
        this.folder = folder;
        this.options = options;
        this.news = news;
    }

    /** Runs it to its end. */
    public Outcome run() throws InterruptedException {
        try (opened) {
            History history = new History(file());
            opened.atEnd(history::close);
            ChaosStore store = options.openStore();
            opened.atEnd(store::close);
            ChaosCluster cluster =
                    new ChaosCluster(installation, folder, options.masterSettings(store), options.seed());
            opened.atEnd(cluster::close);
            cluster.startMaster();
            cluster.awaitMaster();
            cluster.startWorker(Breaker.worker(0));
            cluster.startWorker(Breaker.worker(1));
            run(history, cluster, store);
        }
        List<Call> calls = History.read(file());
        return outcome(calls, Verdict.of(calls));
    }

    @Override
    public Report whole() throws InterruptedException {
        return run().report();
    }

    @Override
    public Report end() {
        opened.close();
        List<Call> calls = Files.exists(file()) ? History.read(file()) : List.of();
        return outcome(calls, Verdict.soFar(calls)).report();
    }

    private Path file() {
        return folder.resolve("history.jsonl");
    }

    private Outcome outcome(List<Call> calls, Verdict verdict) {
        return new Outcome(verdict, CallCounts.of(calls), Map.copyOf(faults), times.toString());
    }

    private void run(History history, ChaosCluster cluster, ChaosStore store) throws InterruptedException {
        try (Calls direct = new Calls(cluster.master(), cluster.key("authkey"));
                Calls proxied = new Calls(cluster.forClients().url(), cluster.key("authkey"));
                Calls asWorker = new Calls(cluster.master(), cluster.key("worker.key"))) {
            Setting setting = new Setting(direct);
            String environment = setting.load();
            setting.warmUp(environment);
            history.note(Operation.RESOURCES, cluster.resources());
            KnownJobs jobs = new KnownJobs();
            SplittableRandom random = new SplittableRandom(options.seed());
            List<ChaosClient> clients = new ArrayList<>();
            for (int number = 0; number < CLIENTS; number++) {
                Recorder recorder =
                        new Recorder("client-" + number, number % 2 == 0 ? direct : proxied, history, environment);
                clients.add(new ChaosClient(recorder, jobs, random.split()));
            }
            Recovery recovery = new Recovery(direct, asWorker, times, options.lease());
            Naps naps = new Naps(new Recorder("run", direct, history, environment), recovery);
            breakUnder(clients, history, new Breaker(cluster, store, recovery, naps));
            news.accept("faults are over; waiting for the ends of all jobs");
            LastReader last = new LastReader(new Recorder(Stories.LAST, direct, history, environment), history);
            last.awaitEnds(PATIENCE);
            last.readAll();
            history.note(Operation.RESOURCES, settled(cluster));
        }
    }

    private void breakUnder(List<ChaosClient> clients, History history, Breaker breaker) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try {
            clients.forEach(client -> threads.add(
                    Thread.ofPlatform().name("client-" + threads.size()).start(client)));
            news.accept("clients run; faults begin");
            breakFor(history, breaker);
        } finally {
            clients.forEach(ChaosClient::stop);
            for (Thread thread : threads) {
                thread.join();
            }
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
