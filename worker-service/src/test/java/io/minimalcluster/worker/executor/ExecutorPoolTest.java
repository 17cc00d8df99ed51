package io.minimalcluster.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.executor.protocol.BatchRefusedException;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.launch.SharedLaunchers;
import io.minimalcluster.worker.launch.SupportedIsolationLevels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ExecutorPoolTest {
    /** More batches than executors of a pool with one slot. */
    private static final int BATCHES = 5;

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
    void sameScopeAndEnvironmentShareAProcess() throws Exception {
        String process = executors.first(executors.range("processStart", 1));
        assertThat(executors.first(executors.range("processStart", 1))).isEqualTo(process);
    }

    @Test
    void functionsOfAnEnvironmentShareStatics() throws Exception {
        String process = executors.first(executors.range("carol", "env-1", "processStart", 1));
        executors.first(executors.range("carol", "env-1", "calls", 1));
        assertThat(executors.first(executors.range("carol", "env-1", "calls", 1)))
                .isEqualTo("2");
        assertThat(executors.first(executors.range("carol", "env-1", "processStart", 1)))
                .isEqualTo(process);
    }

    @Test
    void scopesDoNotShareAProcess() throws Exception {
        assertThat(executors.first(executors.range("bob", "env-1", "processStart", 1)))
                .isNotEqualTo(executors.first(executors.range("alice", "env-1", "processStart", 1)));
    }

    @Test
    void environmentsDoNotShareAProcess() throws Exception {
        assertThat(executors.first(executors.range("alice", "env-2", "processStart", 1)))
                .isNotEqualTo(executors.first(executors.range("alice", "env-1", "processStart", 1)));
    }

    @Test
    void leastRecentlyUsedIsRetiredFirst() throws Exception {
        String one = executors.first(executors.range("alice", "env-1", "processStart", 1));
        String two = executors.first(executors.range("alice", "env-2", "processStart", 1));
        assertThat(executors.first(executors.range("alice", "env-1", "processStart", 1)))
                .isEqualTo(one);
        executors.first(executors.range("alice", "env-3", "processStart", 1));
        assertThat(executors.first(executors.range("alice", "env-1", "processStart", 1)))
                .isEqualTo(one);
        assertThat(executors.first(executors.range("alice", "env-2", "processStart", 1)))
                .isNotEqualTo(two);
    }

    @Test
    void executorIsReplacedAfterATimeout() throws Exception {
        String process = executors.first(executors.range("processStart", 1));
        executors.run(executors.limited("loop", 6, Duration.ofMillis(200)));
        assertThat(executors.first(executors.range("processStart", 1))).isNotEqualTo(process);
    }

    @Test
    void executorIsReplacedAfterAnOutOfMemoryError() throws Exception {
        String process = executors.first(executors.range("processStart", 1));
        executors.run(executors.range("pretend", 6));
        assertThat(executors.first(executors.range("processStart", 1))).isNotEqualTo(process);
    }

    @Test
    void executorIsReplacedAfterAStop() throws Exception {
        String process = executors.first(executors.range("processStart", 1));
        CountDownLatch running = new CountDownLatch(1);
        BatchRun run = executors.pool.prepare(executors.arguments("pause", 2, "[0,600000]"), _ -> running.countDown());
        CompletableFuture<Void> ended = start(run);
        running.await();
        run.stop();
        ended.join();
        assertThat(executors.first(executors.range("processStart", 1))).isNotEqualTo(process);
    }

    @Test
    void batchesWaitForAFreeExecutor() throws Exception {
        List<CompletableFuture<String>> all = IntStream.range(0, BATCHES)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> first("env-" + i), Thread::startVirtualThread))
                .toList();
        Set<String> process = new HashSet<>();
        all.forEach(one -> process.add(one.join()));
        assertThat(process).hasSize(BATCHES);
    }

    @Test
    void networkAccessNeverSharesAProcess() throws Exception {
        BatchSpec plain = executors.range("processStart", 1);
        BatchSpec open = new BatchSpec(
                plain.scope(),
                plain.environmentId(),
                plain.bundle(),
                plain.libraries(),
                plain.method(),
                plain.count(),
                plain.from(),
                plain.step(),
                plain.args(),
                plain.taskTimeout(),
                plain.maxResultBytes(),
                true,
                false,
                null);
        String process = executors.first(open);
        assertThat(executors.first(plain)).isNotEqualTo(process);
        assertThat(executors.first(open)).isEqualTo(process);
    }

    @Test
    void selfTestFailsWithoutARuntime(@TempDir Path folder) throws Exception {
        executors.pool.selfTest();
        Launcher launcher = SharedLaunchers.with(SupportedIsolationLevels.only(Isolation.PROCESS));
        try (ExecutorPool broken = new ExecutorPool(launcher, folder.resolve("nothing.jar"), PoolFixture.LIMITS, 1)) {
            assertThatThrownBy(broken::selfTest)
                    .isInstanceOf(ExecutorUnavailableException.class)
                    .hasMessageContaining("no executor becomes ready");
        }
    }

    @Test
    void closedPoolRunsNothing(@TempDir Path folder) throws IOException {
        PoolFixture closed = new PoolFixture(folder, 1);
        closed.close();
        assertThatThrownBy(() -> closed.run(closed.range("square", 1)))
                .isInstanceOf(ExecutorUnavailableException.class);
    }

    private String first(String environment) {
        try {
            return executors.first(executors.range("alice", environment, "processStart", 1));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
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
