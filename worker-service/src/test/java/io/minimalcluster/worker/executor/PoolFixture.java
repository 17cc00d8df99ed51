package io.minimalcluster.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.launch.LaunchSettings;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.launch.SharedLaunchers;
import io.minimalcluster.worker.launch.TaskRuntimeFixture;
import io.minimalcluster.worker.launch.sandbox.ProcessLimits;
import io.minimalcluster.worker.launch.sandbox.SandboxUser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A pool of real executors at the strongest isolation level, and batches of {@link UserTasks}. */
final class PoolFixture implements AutoCloseable {
    static final ExecutorLimits LIMITS = new ExecutorLimits(
            64 << 20, 64 << 20, 64 << 20, 512 << 20, ProcessLimits.DEFAULT, 1000, 100_000, Duration.ofMinutes(3));

    private final Path bundle;
    final ExecutorPool pool;

    PoolFixture(Path folder, int slots) throws IOException {
        this(folder, slots, new LaunchSettings(null, Isolation.PROCESS, SandboxUser.FIRST_USER_ID), LIMITS);
    }

    PoolFixture(Path folder, int slots, LaunchSettings settings, ExecutorLimits limits) throws IOException {
        Launcher launcher = SharedLaunchers.with(settings);
        bundle = UserBundle.in(folder);
        pool = new ExecutorPool(launcher, TaskRuntimeFixture.unpack(launcher), limits, slots);
    }

    /** A batch of a range that starts at 0. */
    BatchSpec range(String function, int count) {
        return range("alice", "env-1", function, count);
    }

    BatchSpec range(String scope, String environment, String function, int count) {
        return work(scope, environment, function, count, 0L, "", Duration.ZERO);
    }

    BatchSpec arguments(String function, int count, String arguments) {
        return work("alice", "env-1", function, count, null, arguments, Duration.ZERO);
    }

    BatchSpec limited(String function, int count, Duration taskTimeout) {
        return work("alice", "env-1", function, count, 0L, "", taskTimeout);
    }

    /** A batch of a range of a function in another bundle. */
    BatchSpec range(String function, int count, Path otherBundle) {
        return work("alice", "env-other", function, count, 0L, "", Duration.ZERO, otherBundle);
    }

    private BatchSpec work(
            String scope,
            String environment,
            String function,
            int count,
            @org.jspecify.annotations.Nullable Long from,
            String arguments,
            Duration taskTimeout) {
        return work(scope, environment, function, count, from, arguments, taskTimeout, bundle);
    }

    private static BatchSpec work(
            String scope,
            String environment,
            String function,
            int count,
            @org.jspecify.annotations.Nullable Long from,
            String arguments,
            Duration taskTimeout,
            Path code) {
        return new BatchSpec(
                scope,
                new EnvironmentId(environment),
                code,
                java.util.List.of(),
                UserBundle.signature(function),
                count,
                from,
                1,
                arguments.getBytes(UTF_8),
                taskTimeout,
                100_000,
                false,
                false,
                null);
    }

    CollectedOutcomes run(BatchSpec work) throws Exception {
        CollectedOutcomes collected = new CollectedOutcomes();
        pool.prepare(work, collected).run();
        return collected;
    }

    /** The value of the first task. */
    String first(BatchSpec work) throws Exception {
        return run(work).values().getOrDefault(0, "nothing");
    }

    @Override
    public void close() {
        pool.close();
    }
}
