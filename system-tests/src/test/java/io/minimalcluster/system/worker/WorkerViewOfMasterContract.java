package io.minimalcluster.system.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.PollResponse;
import io.minimalcluster.worker.master.ResultPart;
import io.minimalcluster.worker.master.ResultPart.IndexedError;
import io.minimalcluster.worker.master.ResultPart.IndexedOutput;
import io.minimalcluster.worker.master.ResultPart.ValueBlock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a master towards workers, tested through the worker's HTTP client. Subclasses provide the master. */
abstract class WorkerViewOfMasterContract {
    private static final Duration WAIT = Duration.ofSeconds(20);

    private @Nullable WorkerId registered;

    /** A client of the master with a worker key. */
    abstract MasterClient client();

    /** A client of the master with an invalid key. */
    abstract MasterClient clientWithAWrongKey();

    /** The client that posts jobs. */
    abstract Api owner();

    @AfterEach
    void leave() throws Exception {
        if (registered != null) {
            client().leave(registered, WAIT);
        }
    }

    private static NewWorker worker(int protocol) {
        return new NewWorker(
                "contract",
                2,
                Map.of("zone", "a"),
                Isolation.PROCESS,
                "1",
                "25",
                1,
                protocol,
                null,
                "here",
                false,
                false,
                null);
    }

    private WorkerId register() throws Exception {
        AcceptedWorker accepted = client().register(worker(NewWorker.PROTOCOL));
        registered = accepted.workerId();
        return accepted.workerId();
    }

    private PollResponse poll(WorkerId worker, int slots, LeaseId... held) throws Exception {
        PollRequest request = new PollRequest(UUID.randomUUID().toString(), slots, List.of(held));
        return client().poll(worker, request, Duration.ofSeconds(5));
    }

    private JobId start(String args) {
        return new JobId(owner().start("long square(long x) { return x * x; }", "square", args, "{\"batchSize\":4}"));
    }

    private static ResultPart values(long first, int count, String json, boolean done) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new ResultPart(
                first,
                count,
                List.of(new ValueBlock(bytes, 0, bytes.length)),
                List.of(),
                new long[] {12},
                List.of(),
                done);
    }

    @Test
    void registrationReturnsIdAndIntervals() throws Exception {
        AcceptedWorker accepted = client().register(worker(NewWorker.PROTOCOL));
        registered = accepted.workerId();

        assertThat(accepted.workerId().value()).isNotBlank();
        assertThat(accepted.heartbeatSeconds()).isPositive().isLessThan(accepted.leaseSeconds());
    }

    @Test
    void listedArgumentsArriveAsPosted() throws Exception {
        JobId job = start("[1, 20,  300]");

        Batch batch = poll(register(), 1).batches().getFirst();

        assertThat(batch.jobId()).isEqualTo(job);
        assertThat(batch.method()).isEqualTo("square(long)");
        assertThat(batch.first()).isZero();
        assertThat(batch.attempt()).isEqualTo(1);
        assertThat(batch.maxResultBytes()).isPositive();
        assertThat(batch.scope()).isNotBlank();
        assertThat(batch.arguments())
                .isInstanceOfSatisfying(
                        Batch.Arguments.Listed.class,
                        listed -> assertThat(new String(listed.json(), StandardCharsets.UTF_8))
                                .startsWith("[1"));
    }

    @Test
    void rangeArrivesAsFromAndStep() throws Exception {
        start("{\"range\":{\"from\":5,\"to\":50,\"step\":5}}");

        Batch batch = poll(register(), 1).batches().getFirst();

        assertThat(batch.arguments()).isEqualTo(new Batch.Arguments.Range(5, 5));
    }

    @Test
    void pollWithoutBatchesReturnsNothing() throws Exception {
        PollRequest request = new PollRequest("idle", 1, List.of());

        assertThat(client().poll(register(), request, Duration.ofMillis(200))).isEqualTo(PollResponse.NOTHING);
    }

    @Test
    void partsAreRecordedOnceAndKnownAfterwards() throws Exception {
        JobId job = start("[1,2,3]");
        WorkerId worker = register();
        Batch batch = poll(worker, 1).batches().getFirst();
        int count = batch.count();
        String block = "1,4,9".substring(0, 2 * count - 1);

        Recorded first = client().results(worker, batch.leaseId(), values(0, count, block, false));
        Recorded again = client().results(worker, batch.leaseId(), values(0, count, block, true));

        assertThat(first).isEqualTo(new Recorded(count, 0));
        assertThat(again).isEqualTo(new Recorded(0, count));
        owner().post("/jobs/" + job.value() + "/cancel", "");
    }

    @Test
    void errorsAndOutputsArriveComplete() throws Exception {
        JobId job = start("[1]");
        WorkerId worker = register();
        Batch batch = poll(worker, 1).batches().getFirst();
        byte[] none = "null".getBytes(StandardCharsets.UTF_8);
        IndexedError error = new IndexedError(
                0,
                ErrorKind.EXCEPTION,
                "x.Y",
                "why é",
                List.of("Main.square(Main.java:1)"),
                1,
                List.of("java.lang.Exception"));

        client().results(
                        worker,
                        batch.leaseId(),
                        new ResultPart(
                                0,
                                1,
                                List.of(new ValueBlock(none, 0, none.length)),
                                List.of(error),
                                new long[0],
                                List.of(new IndexedOutput(0, "said", false)),
                                true));

        var task = owner().get("/jobs/" + job.value() + "/tasks/0").expect(200).json();
        assertThat(task.path("error").path("message").asString()).isEqualTo("why é");
        assertThat(task.path("error").path("type").asString()).isEqualTo("x.Y");
        assertThat(task.path("output").asString()).isEqualTo("said");
    }

    @Test
    void cancelledLeaseIsStopped() throws Exception {
        JobId job = start("[1]");
        WorkerId worker = register();
        LeaseId lease = poll(worker, 1).batches().getFirst().leaseId();

        owner().post("/jobs/" + job.value() + "/cancel", "").expect(200);

        assertThat(poll(worker, 0, lease).stop()).containsExactly(lease);
    }

    @Test
    void bundleMatchesItsDigest(@TempDir Path folder) throws Exception {
        String environment = owner().load("long square(long x) { return x * x; }");
        Path file = folder.resolve("bundle.jar");

        client().bundle(new EnvironmentId(environment), file);

        assertThat(Files.size(file)).isPositive();
        try (ZipFile jar = new ZipFile(file.toFile())) {
            assertThat(jar.getEntry("META-INF/minimalcluster/functions.json")).isNotNull();
        }
    }

    @Test
    void heartbeatsAreAccepted() throws Exception {
        start("[1]");
        WorkerId worker = register();
        LeaseId lease = poll(worker, 1).batches().getFirst().leaseId();

        client().heartbeat(
                        worker,
                        new Heartbeat(
                                List.of(new Heartbeat.LeaseProgress(
                                        lease, List.of(new Heartbeat.RunningTask(0, 0.5)), 1)),
                                null),
                        WAIT);
    }

    @Test
    void workerIsUnknownAfterItLeft() throws Exception {
        WorkerId worker = register();
        client().leave(worker, WAIT);
        registered = null;

        assertThatThrownBy(() -> poll(worker, 1)).isInstanceOf(MasterCallException.WorkerUnknown.class);
        assertThatThrownBy(() -> client().heartbeat(worker, new Heartbeat(List.of(), null), WAIT))
                .isInstanceOf(MasterCallException.WorkerUnknown.class);
    }

    @Test
    void rejectionsHaveDistinctExceptions() throws Exception {
        WorkerId worker = register();
        LeaseId none = new LeaseId("lease-none");

        assertThatThrownBy(() -> client().results(worker, none, values(0, 1, "1", true)))
                .isInstanceOf(MasterCallException.LeaseLost.class);
        assertThatThrownBy(() -> client().register(worker(999)))
                .isInstanceOfSatisfying(
                        MasterCallException.Refused.class,
                        refused -> assertThat(refused.keyIsWrong()).isFalse());
        assertThatThrownBy(() -> clientWithAWrongKey().register(worker(NewWorker.PROTOCOL)))
                .isInstanceOfSatisfying(
                        MasterCallException.Refused.class,
                        refused -> assertThat(refused.keyIsWrong()).isTrue());
        assertThatThrownBy(() -> client().bundle(new EnvironmentId("env-none"), Path.of("none")))
                .isInstanceOf(MasterCallException.RequestRejected.class);
    }

    @Test
    void inconsistentPartIsRejected() throws Exception {
        start("[1,2]");
        WorkerId worker = register();
        LeaseId lease = poll(worker, 1).batches().getFirst().leaseId();

        assertThatThrownBy(() -> client().results(worker, lease, values(0, 2, "1", false)))
                .isInstanceOf(MasterCallException.RequestRejected.class);
        assertThatThrownBy(() -> client().results(worker, lease, values(7, 1, "1", false)))
                .isInstanceOf(MasterCallException.RequestRejected.class);
    }
}
