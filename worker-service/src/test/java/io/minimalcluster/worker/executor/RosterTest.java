package io.minimalcluster.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.LaunchRequest;
import io.minimalcluster.worker.launch.LaunchSettings;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.launch.TaskRuntimeFixture;
import io.minimalcluster.worker.launch.TaskRuntimeJar;
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
class RosterTest {
    private static final int SLOTS = 2;

    private final AtomicLong clock = new AtomicLong();
    private final Set<Executor> started = ConcurrentHashMap.newKeySet();
    private final Launcher launcher;
    private final Path runtime;
    private final Roster roster;

    RosterTest() throws IOException {
        launcher =
                Launcher.open(new LaunchSettings(Isolation.PROCESS, Isolation.PROCESS, LaunchSettings.FIRST_USER_ID));
        runtime = TaskRuntimeFixture.unpack(launcher);
        roster = new Roster(SLOTS, this::start, clock::get);
    }

    private Executor start(boolean network) throws IOException {
        LaunchRequest request = new LaunchRequest(
                runtime, TaskRuntimeJar.MAIN, List.of("executor"), PoolFixture.LIMITS.jvm(), true, network);
        Executor executor = new Executor(launcher.launch(request), network, clock.get());
        started.add(executor);
        return executor;
    }

    @AfterEach
    void close() {
        roster.close();
        launcher.close();
    }

    @Test
    void neverHasMoreThanTwoBesideTheSlots() throws Exception {
        for (int i = 0; i < 10; i++) {
            serve("scope-" + i);
            assertThat(started.stream().filter(one -> one.isReusable(0))).hasSizeLessThanOrEqualTo(SLOTS + 2);
        }
    }

    @Test
    void isReplacedAfterAnHour() throws Exception {
        Executor first = serve("alice");
        clock.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(serve("alice")).isSameAs(first);
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(serve("alice")).isNotSameAs(first);
    }

    @Test
    void isReplacedAfterTenThousandBatches() throws Exception {
        Executor first = serve("alice");
        for (int i = 1; i < 10_000; i++) {
            assertThat(serve("alice")).isSameAs(first);
        }
        assertThat(serve("alice")).isNotSameAs(first);
    }

    @Test
    void isReplacedWhenItEndedMeanwhile() throws Exception {
        Executor first = serve("alice");
        first.end();
        assertThat(serve("alice")).isNotSameAs(first);
    }

    @Test
    void whatCannotBeStartedIsTold() {
        Roster broken = new Roster(
                SLOTS,
                _ -> {
                    throw new IOException("no processes left");
                },
                clock::get);
        assertThatThrownBy(() -> broken.take(binding("alice")))
                .isInstanceOf(ExecutorUnavailable.class)
                .hasMessage("no executor can be started: no processes left");
        broken.close();
    }

    private Executor serve(String scope) throws Exception {
        Executor executor = roster.take(binding(scope));
        executor.bind(binding(scope));
        roster.giveBack(executor);
        return executor;
    }

    private static Binding binding(String scope) {
        return new Binding(scope, new EnvironmentId("env-1"), false);
    }
}
