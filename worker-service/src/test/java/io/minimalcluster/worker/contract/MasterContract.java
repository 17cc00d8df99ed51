package io.minimalcluster.worker.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.worker.master.AuthKey;
import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.master.MasterCallException.LeaseLost;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.RequestRejected;
import io.minimalcluster.worker.master.MasterCallException.WorkerUnknown;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterTimeouts;
import io.minimalcluster.worker.master.PollResponse;
import io.minimalcluster.worker.master.ResultPart;
import io.minimalcluster.worker.master.ResultPart.ValueBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the worker API, as tests that run against different masters. */
@Timeout(180)
public abstract class MasterContract {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final WorkerId UNKNOWN_WORKER = new WorkerId("worker-of-another-cluster");
    private static final LeaseId FOREIGN_LEASE = new LeaseId("lease-of-another-worker");

    @TempDir
    private Path folder;

    private MasterUnderTest master;
    private MasterClient client;
    private int polls;

    /** Starts a master without jobs. */
    protected abstract MasterUnderTest startMaster() throws IOException, InterruptedException;

    @BeforeEach
    void start() throws Exception {
        master = startMaster();
        client = client(master.key());
    }

    private MasterClient client(String key) {
        return new MasterClient(
                new MasterAddresses(List.of(master.address())),
                KeySource.given(AuthKey.of(key)),
                MasterTimeouts.DEFAULT);
    }

    @AfterEach
    void stop() {
        client.close();
        master.close();
    }

    @Test
    void registrationReturnsTheHeartbeatInterval() throws Exception {
        AcceptedWorker accepted = client.register(description(NewWorker.PROTOCOL));
        assertThat(accepted.workerId().value()).isNotBlank();
        assertThat(accepted.heartbeatSeconds()).isPositive().isLessThan(accepted.leaseSeconds());
        client.heartbeat(accepted.workerId(), new Heartbeat(List.of(), null), SOON);
    }

    @Test
    void unsupportedProtocolIsRefused() {
        for (int protocol : List.of(0, 999)) {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> client.register(description(protocol)))
                    .satisfies(refused -> assertThat(refused.keyIsWrong()).isFalse());
        }
    }

    @Test
    void wrongKeyIsRefused() {
        try (MasterClient intruder = client("not-the-key")) {
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> intruder.register(description(NewWorker.PROTOCOL)))
                    .satisfies(refused -> assertThat(refused.keyIsWrong()).isTrue());
        }
    }

    @Test
    void unknownWorkerMustRegister() {
        assertThatExceptionOfType(WorkerUnknown.class).isThrownBy(() -> poll(UNKNOWN_WORKER, 1, NOW));
        assertThatExceptionOfType(WorkerUnknown.class)
                .isThrownBy(() -> client.heartbeat(UNKNOWN_WORKER, new Heartbeat(List.of(), null), SOON));
        assertThatExceptionOfType(WorkerUnknown.class)
                .isThrownBy(() -> client.results(UNKNOWN_WORKER, FOREIGN_LEASE, ResultPart.nothingMore(0)));
    }

    @Test
    void pollTimesOutWithoutContent() throws Exception {
        assertThat(poll(register(), 1, NOW)).isEqualTo(PollResponse.NOTHING);
    }

    @Test
    void heldBatchIsNotAllocatedAgain() throws Exception {
        WorkerId worker = register();
        Batch batch = batch(worker, 5);
        assertThat(batch.first()).isZero();
        assertThat(batch.count()).isEqualTo(5);
        assertThat(poll(worker, 1, NOW, batch.leaseId()).batches()).isEmpty();
    }

    @Test
    void newJobWakesAWaitingPoll() throws Exception {
        WorkerId worker = register();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PollResponse> waiting = threads.submit(() -> poll(worker, 1, LONG));
            master.offerJob(3);
            assertThat(waiting.get().batches()).hasSize(1);
        }
    }

    @Test
    void repeatedPollGetsTheSameBatch() throws Exception {
        WorkerId worker = register();
        master.offerJob(5);
        PollRequest request = new PollRequest("the-same", 1, List.of());
        Batch first = client.poll(worker, request, SOON).batches().getFirst();
        Batch again = client.poll(worker, request, SOON).batches().getFirst();
        assertThat(again.leaseId()).isEqualTo(first.leaseId());
    }

    @Test
    void pollReturnsMissingLeases() throws Exception {
        WorkerId worker = register();
        Batch batch = batch(worker, 5);
        List<Batch> again = poll(worker, 0, SOON).batches();
        assertThat(again).extracting(Batch::leaseId).containsExactly(batch.leaseId());
    }

    @Test
    void pollStopsLeasesTheWorkerDoesNotHold() throws Exception {
        assertThat(poll(register(), 0, SOON, FOREIGN_LEASE).stop()).containsExactly(FOREIGN_LEASE);
    }

    @Test
    void newerPollEndsTheOlderPoll() throws Exception {
        WorkerId worker = register();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PollResponse> older = threads.submit(() -> poll(worker, 0, LONG));
            while (!older.isDone()) {
                poll(worker, 0, Duration.ofMillis(20)); // repeated until the older poll arrived before one of these
            }
            assertThat(older.get()).isEqualTo(PollResponse.NOTHING);
        }
    }

    @Test
    void outcomeIsRecordedOnce() throws Exception {
        WorkerId worker = register();
        Batch batch = batch(worker, 4);
        assertThat(client.results(worker, batch.leaseId(), values(0, "10", false)))
                .isEqualTo(new Recorded(1, 0));
        assertThat(client.results(worker, batch.leaseId(), values(0, "99", false)))
                .isEqualTo(new Recorded(0, 1));
        ResultPart rest = values(1, "11,12,13", true);
        assertThat(client.results(worker, batch.leaseId(), rest)).isEqualTo(new Recorded(3, 0));
        assertThat(client.results(worker, batch.leaseId(), rest)).isEqualTo(new Recorded(0, 3));
    }

    @Test
    void invalidResultPartsAreRejected() throws Exception {
        WorkerId worker = register();
        LeaseId lease = batch(worker, 4).leaseId();
        assertThatExceptionOfType(RequestRejected.class)
                .isThrownBy(() -> client.results(worker, lease, values(3, "1,2", false)));
        assertThatExceptionOfType(RequestRejected.class)
                .isThrownBy(() -> client.results(worker, lease, values(0, "1,oops", false)));
        ResultPart miscounted =
                new ResultPart(0, 3, values(0, "1,2", false).values(), List.of(), new long[0], List.of(), false);
        assertThatExceptionOfType(RequestRejected.class).isThrownBy(() -> client.results(worker, lease, miscounted));
        assertThat(client.results(worker, lease, values(0, "1,2,3,4", true))).isEqualTo(new Recorded(4, 0));
    }

    @Test
    void resultsUnderAForeignLeaseAreRejected() throws Exception {
        WorkerId worker = register();
        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> client.results(worker, FOREIGN_LEASE, values(0, "1", true)));
    }

    @Test
    void deregisteredWorkerIsUnknown() throws Exception {
        WorkerId worker = register();
        client.leave(worker, SOON);
        assertThatExceptionOfType(WorkerUnknown.class).isThrownBy(() -> poll(worker, 1, NOW));
    }

    @Test
    void bundleHasItsDigest() throws Exception {
        EnvironmentId environment = batch(register(), 1).environmentId();
        Path file = folder.resolve("bundle.jar");
        client.bundle(environment, file);
        assertThat(file).isNotEmptyFile();
    }

    private WorkerId register() throws Exception {
        return client.register(description(NewWorker.PROTOCOL)).workerId();
    }

    private static NewWorker description(int protocol) {
        return new NewWorker(
                "contract",
                1,
                Map.of(),
                Isolation.PROCESS,
                "1",
                "25",
                1,
                protocol,
                null,
                "localhost",
                false,
                false,
                null);
    }

    private PollResponse poll(WorkerId worker, int slots, Duration wait, LeaseId... held) throws Exception {
        return client.poll(worker, new PollRequest("poll-" + ++polls, slots, List.of(held)), wait);
    }

    private Batch batch(WorkerId worker, int tasks) throws Exception {
        master.offerJob(tasks);
        return poll(worker, 1, SOON).batches().getFirst();
    }

    private static ResultPart values(long first, String values, boolean done) {
        byte[] json = values.getBytes(UTF_8);
        int count = values.split(",", -1).length;
        return new ResultPart(
                first, count, List.of(new ValueBlock(json, 0, json.length)), List.of(), new long[0], List.of(), done);
    }
}
