package io.minimalcluster.chaos;

import io.minimalcluster.chaos.check.CallCounts;
import io.minimalcluster.chaos.check.JobHistories;
import io.minimalcluster.chaos.check.Verdict;
import io.minimalcluster.chaos.cluster.ChaosCluster;
import io.minimalcluster.chaos.cluster.ChaosStore;
import io.minimalcluster.chaos.fault.Fault;
import io.minimalcluster.chaos.fault.FaultSchedule;
import io.minimalcluster.chaos.history.History;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.history.RecordedCall;
import io.minimalcluster.chaos.load.CallRecorder;
import io.minimalcluster.chaos.load.ChaosClient;
import io.minimalcluster.chaos.load.FinalReader;
import io.minimalcluster.chaos.load.KnownJobs;
import io.minimalcluster.chaos.load.LoadPreparation;
import io.minimalcluster.chaos.load.SingleCalls;
import io.minimalcluster.chaos.recovery.RecoveryMeasurement;
import io.minimalcluster.chaos.recovery.RecoveryTimes;
import io.minimalcluster.chaos.recovery.SlowJobs;
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

/** A chaos run: starts a cluster and clients, injects faults, reads the final state and determines the verdict. */
public final class ChaosRun implements ReportingRun {
    private static final int CLIENTS = 4;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Installation installation;
    private final Path folder;
    private final ChaosOptions options;
    private final Consumer<String> log;
    private final OpenResources opened = new OpenResources();
    private final RecoveryTimes times = new RecoveryTimes();
    private final Map<String, Integer> faults = new ConcurrentSkipListMap<>();

    /**
     * Prepares a run.
     *
     * @param folder the folder for the history, the logs and the data
     * @param log receives progress messages
     */
    public ChaosRun(Installation installation, Path folder, ChaosOptions options, Consumer<String> log) {
        this.installation = installation;
        this.folder = folder;
        this.options = options;
        this.log = log;
    }

    /** Runs to completion. */
    public RunOutcome run() throws InterruptedException {
        try (opened) {
            History history = new History(file());
            opened.onClose(history::close);
            ChaosStore store = options.openStore();
            opened.onClose(store::close);
            ChaosCluster cluster = opened.startCluster(installation, folder, options, store);
            run(history, cluster, store);
        }
        List<RecordedCall> calls = History.read(file());
        return outcome(calls, Verdict.of(calls));
    }

    @Override
    public Report execute() throws InterruptedException {
        return run().report();
    }

    @Override
    public Report abort() {
        opened.close();
        List<RecordedCall> calls = Files.exists(file()) ? History.read(file()) : List.of();
        return outcome(calls, Verdict.soFar(calls)).report();
    }

    private Path file() {
        return folder.resolve("history.jsonl");
    }

    private RunOutcome outcome(List<RecordedCall> calls, Verdict verdict) {
        return new RunOutcome(verdict, CallCounts.of(calls), Map.copyOf(faults), times.toString());
    }

    private void run(History history, ChaosCluster cluster, ChaosStore store) throws InterruptedException {
        try (SingleCalls direct = new SingleCalls(cluster.master(), cluster.key("authkey"));
                SingleCalls proxied = new SingleCalls(cluster.forClients().url(), cluster.key("authkey"));
                SingleCalls asWorker = new SingleCalls(cluster.master(), cluster.key("worker.key"))) {
            LoadPreparation setting = new LoadPreparation(direct);
            String environment = setting.load();
            setting.warmUp(environment);
            history.note(Operation.RESOURCES, cluster.resources());
            KnownJobs jobs = new KnownJobs();
            SplittableRandom random = new SplittableRandom(options.seed());
            List<ChaosClient> clients = new ArrayList<>();
            for (int number = 0; number < CLIENTS; number++) {
                CallRecorder recorder =
                        new CallRecorder("client-" + number, number % 2 == 0 ? direct : proxied, history, environment);
                clients.add(new ChaosClient(recorder, jobs, random.split()));
            }
            RecoveryMeasurement recovery = new RecoveryMeasurement(direct, asWorker, times, options.lease());
            SlowJobs slowJobs = new SlowJobs(new CallRecorder("run", direct, history, environment), recovery);
            injectUnderLoad(clients, history, new FaultInjector(cluster, store, recovery, slowJobs));
            log.accept("fault injection ended; waiting for the end of all jobs");
            FinalReader finalReader =
                    new FinalReader(new CallRecorder(JobHistories.LAST, direct, history, environment), history);
            finalReader.awaitEnds(TIMEOUT);
            finalReader.readAll();
            history.note(Operation.RESOURCES, finalResources(cluster));
        }
    }

    private void injectUnderLoad(List<ChaosClient> clients, History history, FaultInjector faultInjector)
            throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try {
            clients.forEach(client -> threads.add(
                    Thread.ofPlatform().name("client-" + threads.size()).start(client)));
            log.accept("clients run; faults begin");
            injectFaults(history, faultInjector);
        } finally {
            clients.forEach(ChaosClient::stop);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private void injectFaults(History history, FaultInjector faultInjector) {
        FaultSchedule schedule = options.schedule();
        long end = System.nanoTime() + options.length().toNanos();
        for (int count = 0; System.nanoTime() - end < 0 || count < options.faults(); count++) {
            LockSupport.parkNanos(schedule.pause().toNanos());
            Fault fault = schedule.next();
            log.accept(fault.toString());
            long call = history.invoke("run", Operation.FAULT, Map.of("fault", fault.toString()));
            boolean done = faultInjector.apply(fault);
            history.end(call, "run", Operation.FAULT, Phase.OK, Map.of("done", done));
            if (done) {
                faults.merge(fault.kind(), 1, Integer::sum);
            }
        }
    }

    /** The resources at the end, after a short wait for the exit of killed processes. */
    private static Map<String, ?> finalResources(ChaosCluster cluster) {
        for (int attempt = 0; attempt < 100 && !cluster.orphans().isEmpty(); attempt++) {
            LockSupport.parkNanos(100_000_000L);
        }
        return cluster.resources();
    }
}
