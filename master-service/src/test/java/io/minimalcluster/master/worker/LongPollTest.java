package io.minimalcluster.master.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.http.json.TestJson;
import io.minimalcluster.master.job.RecentJobs;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.LeaseProgressCache;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.scheduling.LossPolicy;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.scheduling.WaitingPoll;
import io.minimalcluster.master.security.TestLongRunningRequests;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Shrink;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.worker.settings.ExecutorSettings;
import io.minimalcluster.worker.settings.IsolationChoice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Content and timing of responses to polls. */
@Tag("store")
@Timeout(180)
class LongPollTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    Path folder;

    private final PollRegistry pollRegistry = new PollRegistry();
    private final LastPolls lastPolls = new LastPolls(CLOCK);
    private final LeaseProgressCache progressCache = TestLeases.progressCache(System::nanoTime);
    private Store store;
    private TestJobs jobs;
    private TestWorkers workers;
    private PollTransaction pollTransaction;
    private LongPoll longPoll;
    private PollResponseWriter writer;
    private WorkerId worker;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, CLOCK);
        workers = new TestWorkers(store, CLOCK, lastPolls);
        pollTransaction = new PollTransaction(
                CLOCK, TestLeases.allocator(CLOCK), TestLeases.mitigation(CLOCK, progressCache), lastPolls);
        longPoll = new LongPoll(
                store,
                pollTransaction,
                pollRegistry,
                lastPolls,
                CLOCK,
                new JobSubscriptions(),
                TestLongRunningRequests.open());
        ByteSize mebibyte = ByteSize.ofMebibytes(16);
        writer = new PollResponseWriter(
                store,
                new RecentJobs(store),
                TestJson.STRICT,
                new ExecutorSettings(
                        IsolationChoice.AUTO,
                        null,
                        null,
                        mebibyte,
                        mebibyte,
                        null,
                        64,
                        64,
                        mebibyte,
                        mebibyte,
                        Duration.ofMinutes(3),
                        mebibyte,
                        mebibyte,
                        false),
                new SimpleMeterRegistry());
        worker = workers.register("w", 4);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static JobOptions singleTaskBatches() {
        return JobOptions.builder().batchSize(1).build();
    }

    private List<LeaseId> pollLeases(String request, int slots, List<LeaseId> held) {
        return ids(poll(request, slots, held).leases());
    }

    private PollResponse poll(String request, int slots, List<LeaseId> held) {
        return store.writeAndWait(
                sql -> pollTransaction.answer(sql, worker, new PollRequest(request, slots, held), () -> true));
    }

    private static List<LeaseId> ids(List<Lease> leases) {
        return leases.stream().map(Lease::id).toList();
    }

    @Test
    void pollReturnsAsManyBatchesAsSlots() {
        jobs.add(100, singleTaskBatches());
        assertThat(pollLeases("a", 0, List.of())).isEmpty();
        List<LeaseId> first = pollLeases("b", 3, List.of());
        assertThat(first).hasSize(3);
        assertThat(pollLeases("c", 2, first)).hasSize(2).doesNotContainAnyElementsOf(first);
    }

    @Test
    void pollReturnsAtMostEightBatchesAndTheRemainingQueues() {
        jobs.add(100, singleTaskBatches());
        PollResponse response = poll("a", 64, List.of());
        assertThat(response.leases()).hasSize(8);
        assertThat(response.left()).containsExactly(JobRequirements.NONE);
    }

    @Test
    void repeatedRequestReturnsTheSameLeases() {
        jobs.add(2, singleTaskBatches());
        List<LeaseId> first = pollLeases("a", 4, List.of());
        assertThat(first).hasSize(2);
        jobs.add(10, singleTaskBatches());
        assertThat(pollLeases("a", 4, List.of())).isEqualTo(first);
        assertThat(pollLeases("a", 4, first)).as("leases that the worker holds").isEqualTo(first);
        store.writeAndWait(sql -> Leases.returnTasks(
                sql, Leases.find(sql, worker, first.getFirst()).orElseThrow()));
        assertThat(pollLeases("a", 4, List.of()))
                .as("leases that are still open")
                .isEqualTo(first.subList(1, 2));
    }

    @Test
    void pollResendsLeasesTheWorkerLacks() {
        jobs.add(10, singleTaskBatches());
        List<LeaseId> first = pollLeases("a", 3, List.of());
        assertThat(pollLeases("b", 3, first.subList(0, 1)))
                .containsAll(first.subList(1, 3))
                .hasSize(3);
        assertThat(pollLeases("c", 0, List.of())).as("poll without free slots").containsAll(first);
    }

    @Test
    void supersededPollTakesNoBatch() {
        jobs.add(10, singleTaskBatches());
        List<LeaseId> all = new ArrayList<>(pollLeases("older", 2, List.of()));
        all.addAll(pollLeases("newer", 2, all));
        assertThat(all).hasSize(4);
        assertThat(pollLeases("older", 2, List.of())).containsExactlyInAnyOrderElementsOf(all);
        assertThat(pollLeases("newer", 2, all)).as("repeated request").isEqualTo(all.subList(2, 4));
    }

    @Test
    void pollStopsLeasesTheWorkerShouldNotHold() {
        jobs.add(10, singleTaskBatches());
        List<LeaseId> held = new ArrayList<>(pollLeases("a", 1, List.of()));
        LeaseId foreign = new LeaseId("lease-unknown");
        held.add(foreign);
        assertThat(poll("b", 0, held).stop()).containsExactly(foreign);
    }

    @Test
    void drainingWorkerGetsNoNewBatches() {
        jobs.add(10, singleTaskBatches());
        TestWorkers.in(store, CLOCK).set(worker, WorkerState.DRAINING);
        PollResponse response = poll("a", 2, List.of());
        assertThat(response.leases()).isEmpty();
        assertThat(response.drain()).isTrue();
        assertThat(poll("b", 0, List.of()).isEmpty()).isTrue();
    }

    @Test
    void silentWorkerCannotBeDrainedOrResumed() {
        long job = jobs.add(1, singleTaskBatches());
        pollLeases("a", 1, List.of());
        workers.timeOutAllExcept(Set.of());
        Workers all = TestWorkers.in(store, CLOCK);
        assertThatThrownBy(() -> all.set(worker, WorkerState.ACTIVE)).isInstanceOf(MasterException.Conflict.class);
        assertThatThrownBy(() -> all.set(worker, WorkerState.DRAINING)).isInstanceOf(MasterException.Conflict.class);
        assertThatThrownBy(() -> all.set(new WorkerId("worker-x"), WorkerState.ACTIVE))
                .isInstanceOf(MasterException.NotFound.class);
        workers.heartbeat(worker);
        assertThat(jobs.get(job).tasks().running()).isEqualTo(1);
    }

    @Test
    void drainingSurvivesAWorkerTimeout() {
        workers.set(worker, WorkerState.DRAINING);
        workers.timeOutAllExcept(Set.of());
        assertThat(workers.stateOf(worker)).isEqualTo(WorkerState.SILENT);

        workers.heartbeat(worker);

        assertThat(workers.stateOf(worker)).isEqualTo(WorkerState.DRAINING);
        jobs.add(1, singleTaskBatches());
        assertThat(poll("a", 1, List.of()).drain()).isTrue();
        workers.set(worker, WorkerState.ACTIVE);
        workers.timeOutAllExcept(Set.of());
        workers.heartbeat(worker);
        assertThat(workers.stateOf(worker)).isEqualTo(WorkerState.ACTIVE);
    }

    @Test
    void shutdownOrderIsInEveryResponse() {
        TestWorkers.in(store, CLOCK).endAll();

        PollResponse response = poll("a", 0, List.of());

        assertThat(response.shutdown()).isTrue();
        assertThat(response.isEmpty()).isFalse();
        assertThat(TestJson.STRICT
                        .readTree(writer.write(response).toBytes())
                        .path("shutdown")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void pollWaitsForWork() throws Exception {
        CompletableFuture<Optional<PollResponse>> waiting = CompletableFuture.supplyAsync(
                () -> longPoll.await(worker, new PollRequest("a", 1, List.of()), LONG, () -> false),
                Thread::startVirtualThread);
        jobs.add(1, singleTaskBatches());
        while (!waiting.isDone()) { // the notification may come before the poll waits
            pollRegistry.notifyWork(1);
            Thread.onSpinWait();
        }
        assertThat(waiting.get(10, TimeUnit.SECONDS).orElseThrow().leases()).hasSize(1);
    }

    @Test
    void pollAfterABatchGetsNewWork() throws Exception {
        jobs.add(1, singleTaskBatches());
        List<LeaseId> held = ids(longPoll.await(worker, new PollRequest("a", 2, List.of()), LONG, () -> false)
                .orElseThrow()
                .leases());
        CompletableFuture<Optional<PollResponse>> waiting = CompletableFuture.supplyAsync(
                () -> longPoll.await(worker, new PollRequest("b", 1, held), LONG, () -> false),
                Thread::startVirtualThread);
        awaitWaitingPoll();
        jobs.add(1, singleTaskBatches());

        pollRegistry.notifyWork(1);

        assertThat(waiting.get(50, TimeUnit.SECONDS).orElseThrow().leases()).hasSize(1);
    }

    @Test
    void waitingPollIsNotAHeartbeat() throws Exception {
        long before = heartbeatCount(); // the arrival follows the registration at once, so it is not written either
        CompletableFuture<Optional<PollResponse>> waiting = CompletableFuture.supplyAsync(
                () -> longPoll.await(worker, new PollRequest("a", 1, List.of()), LONG, () -> false),
                Thread::startVirtualThread);
        for (int i = 0; i < 3; i++) {
            awaitWaitingPoll();
            pollRegistry.notifyWork(1);
        }
        awaitWaitingPoll();
        WorkerTimeoutDetector timeoutDetector = new WorkerTimeoutDetector(
                store, pollRegistry, lastPolls, new LeaseSettings(LONG, Duration.ofSeconds(1)));
        while (!workers.stateOf(worker).equals(WorkerState.SILENT)) { // the first tick may only start the count
            timeoutDetector.tick(LONG);
        }

        assertThat(waiting.get(10, TimeUnit.SECONDS))
                .as("poll of a worker after its timeout")
                .isEmpty();
        assertThat(heartbeatCount()).isEqualTo(before);
        assertThat(workers.stateOf(worker)).isEqualTo(WorkerState.SILENT);
        jobs.add(1, singleTaskBatches());
        assertThat(pollLeases("b", 1, List.of()))
                .as("poll of the same worker after its timeout")
                .hasSize(1);
        assertThat(workers.stateOf(worker)).isEqualTo(WorkerState.ACTIVE);
    }

    private long heartbeatCount() {
        return store.read(sql -> sql.sql("select heartbeat_count from worker where id = :id")
                .param("id", worker.value())
                .query(Long.class)
                .single());
    }

    @Test
    void pollEndsEmptyAfterItsWait() {
        assertThat(longPoll.await(worker, new PollRequest("a", 1, List.of()), Duration.ZERO, () -> false))
                .isEmpty();
    }

    @Test
    void disconnectedPollPassesWorkToAnother() throws Exception {
        WorkerId other = workers.register("other", 1);
        AtomicBoolean disconnected = new AtomicBoolean();
        CompletableFuture<Optional<PollResponse>> abandoned = CompletableFuture.supplyAsync(
                () -> longPoll.await(worker, new PollRequest("a", 1, List.of()), LONG, disconnected::get),
                Thread::startVirtualThread);
        awaitWaitingPoll();
        WaitingPoll next = pollRegistry.open(other);
        pollRegistry.startWaiting(next);
        disconnected.set(true);
        long job = jobs.add(1, singleTaskBatches());

        pollRegistry.notifyWork(1);

        assertThat(abandoned.get(50, TimeUnit.SECONDS)).isEmpty();
        assertThat(jobs.get(job).tasks().pending()).isEqualTo(1);
        assertThat(next.await(0)).as("another poll is notified").isTrue();
    }

    private void awaitWaitingPoll() {
        while (!pollRegistry.hasWaitingPolls()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void undeliveredBatchCountsAQuarterOfALoss() {
        jobs.add(1, singleTaskBatches());
        pollLeases("a", 1, List.of());
        workers.timeOutAllExcept(Set.of());

        assertThat(attemptsOfNextLease()).isEqualTo(new LossPolicy(1, LossPolicy.UNDELIVERED_LOSS));
    }

    @Test
    void confirmedBatchIsCharged() {
        jobs.add(1, singleTaskBatches());
        List<LeaseId> held = pollLeases("a", 1, List.of());
        pollLeases("b", 0, held);
        workers.timeOutAllExcept(Set.of());

        assertThat(attemptsOfNextLease()).isEqualTo(new LossPolicy(1, LossPolicy.LOSS));
    }

    @Test
    void batchWithResultsIsCharged() {
        jobs.add(2, JobOptions.builder().batchSize(2).build());
        pollLeases("a", 1, List.of());
        store.writeAndWait(
                sql -> sql.sql("update lease set remaining = remaining - 1").update());
        workers.timeOutAllExcept(Set.of());

        assertThat(attemptsOfNextLease()).isEqualTo(new LossPolicy(1, LossPolicy.LOSS));
    }

    private LossPolicy attemptsOfNextLease() {
        WorkerId other = workers.register("other", 1);
        return store.writeAndWait(
                        sql -> pollTransaction.answer(sql, other, new PollRequest("first", 1, List.of()), () -> true))
                .leases()
                .getFirst()
                .attempts();
    }

    @Test
    void pollDuringShutdownIsUnavailable() {
        pollRegistry.closeAll();
        assertThatThrownBy(() -> longPoll.await(worker, new PollRequest("a", 1, List.of()), LONG, () -> false))
                .isInstanceOf(MasterException.Unavailable.class);
    }

    @Test
    void responseIsBoundedAndTheRestFollows() {
        long job = jobs.add(longArguments(24));
        Set<Long> seen = new java.util.TreeSet<>();
        List<LeaseId> held = new ArrayList<>();
        for (int round = 0; seen.size() < 24; round++) {
            assertThat(round).as("every response has a batch").isLessThan(24);
            byte[] answer = writer.write(poll("request " + round, 8, held)).toBytes();
            assertThat(answer).hasSizeLessThan(9 * MEBIBYTE);
            JsonNode batches = TestJson.STRICT.readTree(answer).path("batches");
            assertThat(batches).isNotEmpty();
            for (JsonNode batch : batches) {
                assertThat(batch.path("args").size())
                        .isEqualTo(batch.path("count").asInt());
                held.add(new LeaseId(batch.path("leaseId").asString()));
                for (int i = 0; i < batch.path("count").asInt(); i++) {
                    assertThat(seen.add(batch.path("first").asLong() + i)).isTrue();
                }
            }
        }
        assertThat(jobs.get(job).tasks().running()).isEqualTo(24);
    }

    /** Arguments of one mebibyte, each in its own segment. */
    private static List<Segment> longArguments(int count) {
        byte[] argument = ("\"" + "x".repeat(MEBIBYTE) + "\"").getBytes(StandardCharsets.US_ASCII);
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SegmentBuilder segment = new SegmentBuilder(i);
            segment.add(argument, 0, argument.length);
            segments.add(segment.build());
        }
        return segments;
    }

    @Test
    void responseHasTheSubmittedArguments() {
        List<Segment> segments = new ArrayList<>();
        SegmentBuilder segment = new SegmentBuilder(0);
        for (int i = 0; i < 20; i++) {
            byte[] value = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
            segment.add(value, 0, value.length);
            if (i % 3 == 2) {
                segments.add(segment.build());
                segment = new SegmentBuilder(i + 1);
            }
        }
        segments.add(segment.build());
        jobs.add(segments);
        int seen = 0;
        for (int round = 0; seen < 20; round++) {
            JsonNode answer = TestJson.STRICT.readTree(
                    writer.write(poll("request " + round, 8, List.of())).toBytes());
            for (JsonNode batch : answer.path("batches")) {
                for (int i = 0; i < batch.path("count").asInt(); i++) {
                    assertThat(batch.path("args").path(i).asLong())
                            .isEqualTo(batch.path("first").asLong() + i);
                }
                seen += batch.path("count").asInt();
            }
            store.writeAndWait(
                    sql -> sql.sql("update lease set state = 'ENDED'").update());
        }
        assertThat(seen).isEqualTo(20);
    }

    @Test
    void shrinkIsRepeatedUntilItsDeliveryIsConfirmed() {
        jobs.add(10, JobOptions.builder().batchSize(10).build());
        List<LeaseId> held = pollLeases("a", 1, List.of());
        assertThat(poll("b", 0, held).isEmpty()).isTrue();
        store.writeAndWait(sql -> TestLeases.reclaim(sql, worker, held.getFirst(), 4));
        Shrink order = new Shrink(held.getFirst(), 4);
        assertThat(poll("b", 0, held).shrunk()).containsExactly(order);
        assertThat(poll("b", 0, held).shrunk())
                .as("repeated after a lost response")
                .containsExactly(order);
        assertThat(poll("c", 0, held).isEmpty())
                .as("after a confirmed response")
                .isTrue();
        PollResponse other = poll("d", 1, held);
        assertThat(other.leases()).hasSize(1);
        assertThat(other.shrunk()).as("in a response with a batch").containsExactly(order);
        assertThat(new String(writer.write(other).toBytes(), StandardCharsets.UTF_8))
                .contains("\"shrunk\":[{\"leaseId\":\"" + held.getFirst() + "\",\"end\":4}]");
    }

    @Test
    void reclaimedBatchIsStopped() {
        jobs.add(10, JobOptions.builder().batchSize(10).build());
        List<LeaseId> held = pollLeases("a", 1, List.of());
        store.writeAndWait(sql -> TestLeases.reclaim(sql, worker, held.getFirst(), 0));
        assertThat(poll("b", 0, held).stop()).isEqualTo(held);
    }
}
