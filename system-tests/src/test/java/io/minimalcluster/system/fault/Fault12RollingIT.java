package io.minimalcluster.system.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.JobObserver;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Rolling restart of master and workers under load, with a worker of another version. No job fails, and incompatible
 * workers are rejected with a reason. Checks I1 no lost job, I2 no lost result, I3 one outcome, I5 conservation and I6
 * progress.
 */
@UseShared(MasterProcess.class)
class Fault12RollingIT {
    private static final int TASKS = 600;

    private final MasterProcess master;

    Fault12RollingIT(MasterProcess master) {
        this.master = master;
    }

    private WorkerProcess newWorker(String name) {
        return WorkerProcess.start(master, name, "--minimalcluster.worker.slots=1");
    }

    @Test
    void rollingRestartCostsNoTask() {
        List<WorkerProcess> workers = new ArrayList<>(List.of(newWorker("one"), newWorker("other")));
        OtherVersionWorker otherVersion = new OtherVersionWorker(master);
        try {
            String job = master.api()
                    .start(
                            "long nap(long x) throws InterruptedException { Thread.sleep(20); return x * x; }",
                            "nap",
                            "{\"range\":{\"from\":0,\"to\":%d}}".formatted(TASKS),
                            "{\"batchSize\":5}");
            try (JobObserver observer = JobObserver.of(master.api(), job)) {
                Await.until("results", () -> succeeded(job) > 20);
                restart(workers, 0, "one-anew");
                master.program().terminate();
                assertThat(master.program().exitCode(Duration.ofMinutes(3))).isIn(0, 143);
                master.restart();
                restart(workers, 1, "other-anew");

                observer.expectSuccess(TASKS, index -> Long.toString(index * index));
            }
        } finally {
            otherVersion.close();
            workers.forEach(WorkerProcess::close);
        }
        assertThat(otherVersion.done.get())
                .as("tasks of the worker of another version")
                .isPositive();
    }

    private void restart(List<WorkerProcess> workers, int place, String name) {
        WorkerProcess old = workers.get(place);
        old.program().terminate();
        assertThat(old.program().exitCode(Duration.ofMinutes(3))).isIn(0, 143);
        old.close();
        workers.set(place, newWorker(name));
    }

    private long succeeded(String job) {
        return master.api().job(job).path("tasks").path("succeeded").asLong();
    }

    /** A worker of another minor version: it sends unknown fields and omits optional ones. */
    private static final class OtherVersionWorker implements AutoCloseable {
        private static final String REGISTRATION = """
                {"name":"stranger","slots":1,"labels":{},"isolation":"process","version":"0.2.7","javaVersion":"26.0.1",\
                "pid":1,"protocol":1,"mood":"fine","features":["teleport"],"limits":{"gpu":{"memory":8}}}""";

        private static final long PAUSE_NANOS = 50_000_000;

        private final RawWorker worker;
        private final Api api;
        private final Thread thread;
        private volatile boolean closed;
        private final AtomicInteger done = new AtomicInteger();
        private int answeredPolls;

        OtherVersionWorker(MasterProcess master) {
            this.api = master.api();
            this.worker = RawWorker.registerAs(api, REGISTRATION);
            this.thread = Thread.ofVirtual().name("stranger").start(this::run);
        }

        private void run() {
            while (!closed) {
                try {
                    Response response = api.post(
                            worker.path("/poll?wait=1s&hint=soon"),
                            "{\"requestId\":\"s-%d\",\"slots\":1,\"held\":[],\"urgency\":{\"a\":[1]}}"
                                    .formatted(answeredPolls));
                    if (response.status() == 200) {
                        answeredPolls++;
                        response.json().path("batches").forEach(this::work);
                    }
                } catch (UncheckedIOException e) {
                    LockSupport.parkNanos(PAUSE_NANOS); // the master is restarting
                }
            }
        }

        private void work(JsonNode batch) {
            String lease = batch.path("leaseId").asString();
            api.post(
                            worker.path("/heartbeat"),
                            "{\"leases\":[{\"leaseId\":\"%s\",\"running\":[],\"next\":0,\"battery\":0.5}],\"mood\":2}"
                                    .formatted(lease))
                    .expect(204);
            long first = batch.path("first").asLong();
            long count = batch.path("count").asLong();
            String values = LongStream.range(first, first + count)
                    .mapToObj(index -> Long.toString(index * index))
                    .collect(Collectors.joining(",", "[", "]"));
            Response response = worker.results(
                    lease,
                    "{\"first\":%d,\"count\":%d,\"values\":%s,\"done\":true,\"joules\":[3],\"trace\":{}}"
                            .formatted(first, count, values));
            if (response.status() == 200) {
                done.addAndGet((int) count);
            }
        }

        @Override
        public void close() {
            closed = true;
            try {
                thread.join();
                worker.leave();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void workerOfAnotherProtocolIsRejected(int protocol) {
        Response response = master.api().post("/workers", RawWorker.registration("other", 1, protocol, "25"));

        assertThat(response.problem(422, "unsupported-protocol").path("detail").asString())
                .contains("protocol 1", Integer.toString(protocol));
    }

    @Test
    void workerExitsWhenItsProtocolIsRejected() throws IOException {
        byte[] refusal = """
                {"type":"/problems/unsupported-protocol","title":"Unsupported protocol","status":422,\
                "detail":"This master supports protocol 7, not 1.","instance":"/api/v1/workers"}""".getBytes(UTF_8);
        HttpServer newer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        newer.createContext("/", call -> {
            call.getRequestBody().readAllBytes();
            call.getResponseHeaders().add("Content-Type", "application/problem+json");
            call.sendResponseHeaders(422, refusal.length);
            call.getResponseBody().write(refusal);
            call.close();
        });
        newer.start();
        URI url = URI.create("http://127.0.0.1:" + newer.getAddress().getPort());
        try (WorkerProcess worker = WorkerProcess.launch(List.of(), url, master, "too-old")) {
            assertThat(worker.program().exitCode(Duration.ofMinutes(3))).isEqualTo(2);
            assertThat(worker.program().output()).contains("protocol 7, not 1").doesNotContain("\tat ");
        } finally {
            newer.stop(0);
        }
    }
}
