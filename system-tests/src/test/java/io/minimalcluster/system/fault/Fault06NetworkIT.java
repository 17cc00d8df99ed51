package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.chaos.proxy.ChaosProxy;
import io.minimalcluster.chaos.proxy.Direction;
import io.minimalcluster.chaos.proxy.NetworkFault;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.JobObserver;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Seeded;
import io.minimalcluster.system.harness.Seeded.Chance;
import io.minimalcluster.system.harness.WorkerProcess;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Network faults between the master and one of two workers: black hole, partition in one direction, latency, slow
 * transfer and connection resets. The other worker takes over the tasks, and the worker reconnects after the fault.
 * Checks I3 one outcome, I4 fence, I5 conservation and I6 progress.
 */
@Tag("faults")
@ExtendWith(Seeded.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Fault06NetworkIT {
    private static final int TASKS = 200;

    private MasterProcess master;
    private ChaosProxy proxy;
    private WorkerProcess near;
    private WorkerProcess far;
    private Api api;

    @BeforeAll
    void start() {
        master = MasterProcess.start(
                "--minimalcluster.local-worker.enabled=false",
                "--minimalcluster.lease.duration=3s",
                "--minimalcluster.lease.heartbeat=500ms");
        api = master.api();
        proxy = ChaosProxy.to(master.url(), 6);
        near = WorkerProcess.start(master, "near", "--minimalcluster.worker.slots=1");
        far = WorkerProcess.startThrough(proxy.url(), master, "far", "--minimalcluster.worker.slots=2");
    }

    @AfterEach
    void heal() {
        proxy.heal();
        awaitReconnect();
    }

    @AfterAll
    void end() {
        far.close();
        near.close();
        proxy.close();
        master.close();
    }

    private Duration awaitReconnect() {
        long startedAt = System.nanoTime();
        Await.until("the far worker to be ACTIVE", () -> stateOfFar().equals("ACTIVE"));
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private String stateOfFar() {
        JsonNode view = far.view();
        return view.path("state").asString();
    }

    private String startJob() {
        String job = api.start(
                "long nap(long x) throws InterruptedException { Thread.sleep(15); return x * x; }",
                "nap",
                "{\"range\":{\"from\":0,\"to\":%d}}".formatted(TASKS),
                "{\"batchSize\":8}");
        Await.until("a batch on the far worker", () -> far.view().path("busy").asInt() > 0);
        return job;
    }

    private static String square(long index) {
        return Long.toString(index * index);
    }

    /** Injects a fault until the worker has timed out and the other worker has finished the job. */
    private void expectTakeoverDuring(NetworkFault fault) {
        String job = startJob();
        try (JobObserver observer = JobObserver.of(api, job)) {
            proxy.inject(fault);
            Await.until("the far worker's timeout", () -> !stateOfFar().equals("ACTIVE"));
            observer.expectSuccess(TASKS, Fault06NetworkIT::square);
        }
        proxy.heal();
        Duration recovery = awaitReconnect();
        System.out.println(fault + ": back after " + recovery.toMillis() + " ms");
        String next = startJob();
        assertThat(api.ended(next).path("state").asString()).isEqualTo("SUCCEEDED");
    }

    /** Injects faults until the job has succeeded. */
    private void expectSuccessDuring(NetworkFault... faults) {
        String job = startJob();
        try (JobObserver observer = JobObserver.of(api, job)) {
            proxy.inject(faults);
            observer.expectSuccess(TASKS, Fault06NetworkIT::square);
        }
    }

    @Test
    void jobSucceedsDuringABlackHole() {
        expectTakeoverDuring(new NetworkFault.BlackHole());
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void jobSucceedsDuringAPartitionInOneDirection(Direction blocked) {
        expectTakeoverDuring(new NetworkFault.Partition(blocked));
    }

    @Test
    void jobSucceedsWithHighLatency() {
        expectSuccessDuring(new NetworkFault.Latency(Duration.ofSeconds(2), Duration.ofSeconds(2)));
    }

    @Test
    void jobSucceedsWithOneByteAtATime() {
        expectSuccessDuring(new NetworkFault.Slicer(1, Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void jobSucceedsDespiteConnectionResets(Direction counted, Chance chance) {
        String job = startJob();
        try (JobObserver observer = JobObserver.of(api, job)) {
            for (int i = 0; i < 20; i++) { // each fault counts bytes from the start of a connection
                proxy.inject(new NetworkFault.Reset(counted, chance.between(1, 1500)));
                Await.until("connections", () -> proxy.connections() > 0);
            }
            proxy.heal();
            observer.expectSuccess(TASKS, Fault06NetworkIT::square);
        }
    }
}
