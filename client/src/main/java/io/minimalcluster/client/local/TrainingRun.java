package io.minimalcluster.client.local;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.function.NewFunction;
import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The training run that records the class caches of task runtime, master, worker and command line while they run
 * typical jobs. Later starts load classes from the caches.
 */
public final class TrainingRun {
    private static final int SMALL_JOBS = 30;
    private static final long POINTS = 200_000;
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(5);
    private static final List<String> ISOLATION = List.of("--minimalcluster.executor.minimum-isolation=process");

    private final Installation installation;

    private TrainingRun(Installation installation) {
        this.installation = installation;
    }

    public static void main(String[] args) throws IOException {
        new TrainingRun(Installation.current()).run();
    }

    private void run() throws IOException {
        for (ServiceKind service : ServiceKind.values()) {
            Files.deleteIfExists(installation.recorded(service));
        }
        // first, so that the caches of the services are recorded with executors that use theirs
        run("the task runtime", installation.taskRuntimeTraining());
        try (LocalCluster cluster =
                new LocalCluster(installation.withRecording(), new TemporaryFolder("minimalcluster-training-"))) {
            cluster.launchMaster(ISOLATION);
            cluster.startWorker("second", ISOLATION);
            cluster.awaitMaster();
            try (Client client = cluster.client()) {
                cluster.awaitWorkers(client, 2);
                makeTypicalCalls(client);
            }
            Path cache = installation.clientCache();
            Path recorded = cache.resolveSibling(cache.getFileName() + ".new");
            run("the command line", installation.clientTraining(recorded, cluster.commandOptions()));
            keep(recorded, cache);
            cluster.stop(STOP_TIMEOUT);
        }
        for (ServiceKind service : ServiceKind.values()) {
            keep(installation.recorded(service), service.cache(installation.home()));
        }
    }

    private static void run(String program, List<String> training) throws IOException {
        Process process = new ProcessBuilder(training).inheritIO().start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("no class cache of " + program);
        }
    }

    /** Makes typical calls of a cluster. */
    private void makeTypicalCalls(Client client) throws IOException {
        Environment code = client.load("Same.java", "long same(long x) { return x; }");
        client.register(new NewFunction(code.id(), "same", "same"));
        for (int i = 0; i < SMALL_JOBS; i++) {
            run(client, NewJob.of(code.id(), "same", new Arguments.Json("[" + i + "]")));
        }
        Environment pi = client.load("Pi.java", Files.readString(installation.example("Pi.java")));
        run(client, NewJob.of(pi.id(), "inside", Arguments.range(0, POINTS)));
        client.jobs(Listing.first(10));
        client.workers(Listing.first(10));
    }

    private static void run(Client client, NewJob job) throws IOException {
        Job posted = client.submit(job);
        client.await(posted.id());
        try (LongStream values = client.longs(posted.id())) {
            var _ = values.sum();
        }
    }

    private static void keep(Path recorded, Path cache) throws IOException {
        Files.move(recorded, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
