package io.minimalcluster.worker.executor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.frame.OutcomePart.PositionOutput;
import io.minimalcluster.worker.executor.BatchExecution.Progress;
import io.minimalcluster.worker.executor.BatchExecution.Running;
import io.minimalcluster.worker.executor.protocol.BatchRefusedException;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class BatchRunTest {
    /** More tasks than an executor runs during a test. */
    private static final int MANY = 100_000_000;

    /** Values of {@code large} that fill the buffer of an executor, which sends it before it starts the next task. */
    private static final int PER_PART = 25;

    private static PoolFixture executors;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        executors = new PoolFixture(folder, 1);
    }

    @AfterAll
    static void close() {
        executors.close();
    }

    @Test
    void runsARange() throws Exception {
        CollectedOutcomes squares = executors.run(executors.range("square", 100_000));
        assertThat(squares.errors()).isEmpty();
        assertThat(squares.values()).hasSize(100_000).containsEntry(0, "0").containsEntry(99_999, "9999800001");
    }

    @Test
    void runsArguments() throws Exception {
        CollectedOutcomes echoes = executors.run(executors.arguments("echo", 3, "[\"a\" , \"b,]\", \"\\u00e9\"]"));
        assertThat(echoes.values())
                .containsEntry(0, "\"a\"")
                .containsEntry(1, "\"b,]\"")
                .containsEntry(2, "\"é\"");
    }

    @Test
    void deliversTaskOutput() throws Exception {
        assertThat(executors.run(executors.range("print", 3)).output())
                .extracting(PositionOutput::position, some -> some.text().strip())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, "at 0"),
                        org.assertj.core.groups.Tuple.tuple(1, "at 1"),
                        org.assertj.core.groups.Tuple.tuple(2, "at 2"));
    }

    @Test
    void descriptorsOfUserCodeCarryNoFrames() throws Exception {
        CollectedOutcomes collected = executors.run(executors.range("descriptors", 3));
        assertThat(collected.values())
                .containsEntry(0, "-1")
                .containsEntry(1, "-1")
                .containsEntry(2, "-1");
        assertThat(collected.output()).extracting(PositionOutput::text).containsExactly("at 0!", "at 1!", "at 2!");
    }

    @Test
    void timeoutAppliesToOneTask() throws Exception {
        String waits = IntStream.range(0, 12).mapToObj(_ -> "250").collect(joining(",", "[", "]"));
        BatchSpec work = executors.arguments("pause", 12, waits);
        BatchSpec limited = new BatchSpec(
                work.scope(),
                work.environmentId(),
                work.bundle(),
                work.libraries(),
                work.method(),
                work.count(),
                work.from(),
                work.step(),
                work.args(),
                Duration.ofMillis(2500),
                work.maxResultBytes(),
                work.network(),
                false,
                null);
        assertThat(executors.run(limited).errors()).isEmpty();
    }

    @Test
    void unknownFunctionFailsEveryTask() throws Exception {
        BatchSpec work = executors.range("square", 3);
        BatchSpec unknown = new BatchSpec(
                work.scope(),
                work.environmentId(),
                work.bundle(),
                work.libraries(),
                "nothing(long)",
                work.count(),
                work.from(),
                work.step(),
                work.args(),
                work.taskTimeout(),
                work.maxResultBytes(),
                work.network(),
                false,
                null);
        assertThat(executors.run(unknown).errors()).containsOnlyKeys(0, 1, 2);
    }

    @Test
    void outcomesSentBeforeAStopAreDelivered() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicInteger inFirst = new AtomicInteger();
        CollectedOutcomes collected = new CollectedOutcomes();
        BatchRun run = executors.pool.prepare(executors.range("large", MANY), part -> {
            collected.part(part);
            inFirst.compareAndSet(0, part.count());
            first.countDown();
            awaitQuietly(stopped);
        });
        CompletableFuture<Void> ended = start(run);
        assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
        awaitStart(run, inFirst.get() + PER_PART);
        run.stop();
        stopped.countDown();
        ended.get(30, TimeUnit.SECONDS);
        assertThat(collected.values()).hasSizeGreaterThan(inFirst.get()).hasSizeLessThan(MANY);
    }

    private static void awaitStart(BatchRun run, int position) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (run.progress().next() < position) {
            assertThat(System.nanoTime()).as("the task at " + position).isLessThan(limit);
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void stopKillsTheRunningTask() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        BatchRun run = executors.pool.prepare(executors.arguments("pause", 2, "[0,600000]"), _ -> running.countDown());
        CompletableFuture<Void> ended = start(run);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        run.stop();

        ended.get(60, TimeUnit.SECONDS); // the task would take ten minutes
    }

    @Test
    void stopBeforeTheRunStartsNoTask() throws Exception {
        CollectedOutcomes collected = new CollectedOutcomes();
        BatchRun run = executors.pool.prepare(executors.range("square", 3), collected);
        run.stop();
        run.run();
        assertThat(collected.size()).isZero();
    }

    @Test
    void shrinkReturnsUnstartedTasks() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CollectedOutcomes collected = new CollectedOutcomes();
        BatchRun run = executors.pool.prepare(executors.arguments("pause", 4, "[0,1000,600000,0]"), part -> {
            collected.part(part);
            running.countDown();
        });
        CompletableFuture<Void> ended = start(run);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        run.shrink(2);
        ended.get(30, TimeUnit.SECONDS);
        assertThat(collected.values()).containsOnlyKeys(0, 1);
        assertThat(run.progress().next()).isEqualTo(4);
    }

    @Test
    void endingBatchStartsNoTaskAndDeliversStartedOnes() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CollectedOutcomes collected = new CollectedOutcomes();
        BatchRun run = executors.pool.prepare(executors.range("alice", "env-ending", "callsSlowly", 50_000), part -> {
            collected.part(part);
            running.countDown();
        });
        CompletableFuture<Void> ended = start(run);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        run.endAfterTask();
        ended.get(30, TimeUnit.SECONDS);
        assertThat(collected.size()).isLessThan(50_000);
        assertThat(executors.first(executors.range("alice", "env-ending", "calls", 1)))
                .as("the executor started only the delivered tasks, and was reused")
                .isEqualTo(Integer.toString(collected.size() + 1));
    }

    @Test
    void endingBeforeTheRunStartsNoTask() throws Exception {
        CollectedOutcomes collected = new CollectedOutcomes();
        BatchRun run = executors.pool.prepare(executors.range("square", 3), collected);
        run.endAfterTask();
        run.run();
        assertThat(collected.size()).isZero();
    }

    @Test
    void reclaimedTaskNeverStarts() throws Exception {
        AtomicInteger end = new AtomicInteger();
        CollectedOutcomes collected = new CollectedOutcomes();
        AtomicReference<BatchRun> itself = new AtomicReference<>();
        BatchRun run =
                executors.pool.prepare(executors.range("alice", "env-reclaimed", "callsSlowly", 50_000), part -> {
                    collected.part(part);
                    BatchRun current = itself.get();
                    if (end.get() == 0) {
                        end.set(current.progress().next() + 2000);
                        current.shrink(end.get());
                    }
                });
        itself.set(run);
        run.run();
        assertThat(collected.values()).hasSize(end.get());
        assertThat(executors.first(executors.range("alice", "env-reclaimed", "calls", 1)))
                .isEqualTo(Integer.toString(end.get() + 1));
    }

    @Test
    void progressNamesTheRunningTask() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        BatchRun run =
                executors.pool.prepare(executors.arguments("pause", 4, "[0,0,600000,0]"), _ -> running.countDown());
        assertThat(run.progress().next()).isZero();
        CompletableFuture<Void> ended = start(run);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        Progress progress = run.progress();
        Running task = Objects.requireNonNull(progress.running());
        assertThat(task.position()).isEqualTo(2);
        assertThat(task.time()).isPositive();
        assertThat(progress.next()).isEqualTo(3);
        run.stop();
        ended.get(30, TimeUnit.SECONDS);
    }

    private static CompletableFuture<Void> start(BatchRun run) {
        return CompletableFuture.runAsync(() -> {
            try {
                run.run();
            } catch (ExecutorUnavailableException | BatchRefusedException | InterruptedException failed) {
                throw new AssertionError(failed);
            }
        });
    }
}
