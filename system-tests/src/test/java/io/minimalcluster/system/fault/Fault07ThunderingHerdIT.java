package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Metrics;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thundering herd: 1,000 workers reconnect at once after a restart of the master, and DNS resolution fails for all
 * workers. Checks that every worker reconnects: I6 progress, I10 bounded resources.
 */
@Tag("faults")
@Timeout(300)
class Fault07ThunderingHerdIT {
    private static final int HERD = 1000;
    private static final Duration MIN_BACKOFF = Duration.ofMillis(25);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

    /** Keeps a poll open for each worker, with exponential backoff and jitter after failures. */
    private static final class Herd implements AutoCloseable {
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Set<Integer> answered = ConcurrentHashMap.newKeySet();
        private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        private final Queue<String> unexpectedResponses = new ConcurrentLinkedQueue<>();
        private volatile boolean closed;

        Herd(List<RawWorker> workers) {
            for (int i = 0; i < workers.size(); i++) {
                int number = i;
                threads.execute(() -> run(number, workers.get(number)));
            }
        }

        private void run(int number, RawWorker worker) {
            long backoff = MIN_BACKOFF.toNanos();
            while (!closed) {
                try {
                    Response response = worker.poll(0, "10s");
                    statuses.add(response.status());
                    if (response.status() < 300) {
                        answered.add(number);
                        backoff = MIN_BACKOFF.toNanos();
                        continue;
                    }
                    if (response.status() != 503) {
                        unexpectedResponses.add(response.status() + " " + response.text());
                    }
                } catch (UncheckedIOException e) {
                    // the master is away
                } catch (IllegalStateException e) {
                    if (closed) {
                        return; // interrupted
                    }
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(backoff / 2, backoff));
                backoff = Math.min(2 * backoff, MAX_BACKOFF.toNanos());
            }
        }

        @Override
        public void close() {
            closed = true;
            threads.shutdownNow();
        }
    }

    @Test
    void thousandWorkersReconnectAfterARestart() {
        try (MasterProcess master = MasterProcess.start("--minimalcluster.local-worker.enabled=false")) {
            List<RawWorker> workers = register(master.api());
            try (Herd herd = new Herd(workers)) {
                Await.until("the open polls", Duration.ofMinutes(2), () -> openPolls(master) >= HERD);

                master.program().kill();
                master.restart();
                long startedAt = System.nanoTime();

                Await.until("all polls to be open again", Duration.ofMinutes(2), () -> openPolls(master) >= HERD);
                System.out.println("a herd of " + HERD + ": back after "
                        + Duration.ofNanos(System.nanoTime() - startedAt).toMillis() + " ms, statuses "
                        + new TreeSet<>(herd.statuses));
                assertThat(herd.unexpectedResponses).isEmpty();
                assertThat(active(master.api())).isEqualTo(HERD);
                assertThat(master.program().output()).doesNotContain("event=worker.timed-out", "OutOfMemoryError");
                expectOrdersToArrive(master.api(), workers, herd);
            }
        }
    }

    private static List<RawWorker> register(Api api) {
        List<RawWorker> workers = new ArrayList<>();
        for (int i = 0; i < HERD; i++) {
            workers.add(RawWorker.register(api, "sheep-" + i));
        }
        return workers;
    }

    private static double openPolls(MasterProcess master) {
        return Metrics.of(master).sum("minimalcluster_polls_open");
    }

    private static int active(Api api) {
        return api.get("/workers?limit=1000&state=ACTIVE")
                .expect(200)
                .json()
                .path("items")
                .size();
    }

    /** Checks that orders reach the workers through their open polls. */
    private static void expectOrdersToArrive(Api api, List<RawWorker> workers, Herd herd) {
        herd.answered.clear();
        for (int number = 0; number < 20; number++) {
            api.post("/workers/" + workers.get(number * 50).id() + "/drain", "").expect(204);
            api.post("/workers/" + workers.get(number * 50).id() + "/resume", "")
                    .expect(204);
            int expected = number * 50;
            Await.until("an answer to worker " + expected, () -> herd.answered.contains(expected));
        }
    }

    @Test
    void workersRecoverFromFailedNameResolution() throws IOException {
        try (Folder folder = Folder.create("hosts");
                MasterProcess master = MasterProcess.start(
                        "--minimalcluster.local-worker.enabled=false",
                        "--minimalcluster.allowed-hosts=master.test,127.0.0.1,localhost")) {
            Path hosts = folder.path("hosts");
            Files.writeString(hosts, "127.0.0.2 somebody.else\n");
            URI url = URI.create("http://master.test:" + master.url().getPort());
            List<String> withHosts = List.of("env", "JDK_JAVA_OPTIONS=-Djdk.net.hosts.file=" + hosts);
            try (WorkerProcess one = WorkerProcess.launch(withHosts, url, master, "one");
                    WorkerProcess other = WorkerProcess.launch(withHosts, url, master, "other")) {
                for (WorkerProcess worker : List.of(one, other)) {
                    Await.until(
                            "the worker to report the failure",
                            () -> worker.program().output().contains("event=master.unreachable"));
                }

                Files.writeString(hosts, "127.0.0.1 master.test\n");

                one.awaitRegistered();
                other.awaitRegistered();
                assertThat(master.api().run("long half(long x) { return x / 2; }", "half", "[4,6]"))
                        .isEqualTo("[2,3]");
            }
        }
    }
}
