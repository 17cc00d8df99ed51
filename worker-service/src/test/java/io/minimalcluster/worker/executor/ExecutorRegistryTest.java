package io.minimalcluster.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.LaunchRequest;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.launch.SharedLaunchers;
import io.minimalcluster.worker.launch.SupportedIsolationLevels;
import io.minimalcluster.worker.launch.TaskRuntimeFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ExecutorRegistryTest {
    private static final int SLOTS = 2;

    /** Idle executors are kept, because the clock of this test jumps. */
    private static final ExecutorLimits LIMITS = new ExecutorLimits(
            PoolFixture.LIMITS.heapBytes(),
            PoolFixture.LIMITS.metaspaceBytes(),
            PoolFixture.LIMITS.directBytes(),
            PoolFixture.LIMITS.memoryBytes(),
            PoolFixture.LIMITS.processLimits(),
            1000,
            100_000,
            Duration.ofDays(1));

    private final AtomicLong clock = new AtomicLong();
    private final Set<ExecutorProcess> started = ConcurrentHashMap.newKeySet();
    private final Launcher launcher;
    private final Path runtime;
    private final ExecutorRegistry registry;

    ExecutorRegistryTest() throws IOException {
        launcher = SharedLaunchers.with(SupportedIsolationLevels.only(Isolation.PROCESS));
        runtime = TaskRuntimeFixture.unpack(launcher);
        registry = new ExecutorRegistry(SLOTS, this::start, LIMITS, clock::get);
    }

    private ExecutorProcess start(boolean network) throws IOException {
        LaunchRequest request =
                new LaunchRequest(runtime, List.of("executor"), PoolFixture.LIMITS.jvm(), true, network);
        ExecutorProcess executor = new ExecutorProcess(launcher.launch(request), clock.get());
        started.add(executor);
        return executor;
    }

    @AfterEach
    void close() {
        registry.close();
        started.forEach(ExecutorProcess::end);
    }

    @Test
    void keepsAtMostTwoExecutorsBeyondTheSlots() throws Exception {
        for (int i = 0; i < 10; i++) {
            serve("scope-" + i);
            assertThat(started.stream().filter(one -> one.isReusable(0))).hasSizeLessThanOrEqualTo(SLOTS + 2);
        }
    }

    @Test
    void executorIsReplacedAfterAnHour() throws Exception {
        ExecutorProcess first = serve("alice");
        clock.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(serve("alice")).isSameAs(first);
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(serve("alice")).isNotSameAs(first);
    }

    @Test
    void executorIsReplacedAfterTenThousandBatches() throws Exception {
        ExecutorProcess first = serve("alice");
        for (int i = 1; i < 10_000; i++) {
            assertThat(serve("alice")).isSameAs(first);
        }
        assertThat(serve("alice")).isNotSameAs(first);
    }

    @Test
    void endedExecutorIsReplaced() throws Exception {
        ExecutorProcess first = serve("alice");
        first.end();
        assertThat(serve("alice")).isNotSameAs(first);
    }

    @Test
    void failedStartIsReported() {
        ExecutorRegistry broken = new ExecutorRegistry(
                SLOTS,
                _ -> {
                    throw new IOException("no processes left");
                },
                LIMITS,
                clock::get);
        assertThatThrownBy(() -> broken.take(binding("alice")))
                .isInstanceOf(ExecutorUnavailableException.class)
                .hasMessage("no executor can be started: no processes left");
        broken.close();
    }

    private ExecutorProcess serve(String scope) throws Exception {
        ExecutorProcess executor = registry.take(binding(scope));
        executor.bind(binding(scope));
        registry.release(executor);
        return executor;
    }

    private static ExecutorBinding binding(String scope) {
        return new ExecutorBinding(scope, new EnvironmentId("env-1"), false);
    }
}
