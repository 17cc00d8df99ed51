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
 * The network between a master and one of its two workers: swallows everything, lets one direction through, is slow, is
 * torn. Others do its tasks, and it is back by itself when the network is. I3 one outcome, I4 fence, I5 conservation,
 * I6 progress.
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
        awaitBack();
    }

    @AfterAll
    void end() {
        far.close();
        near.close();
        proxy.close();
        master.close();
    }

    private Duration awaitBack() {
        long begun = System.nanoTime();
        Await.until("the far worker's return", () -> stateOfFar().equals("ACTIVE"));
        return Duration.ofNanos(System.nanoTime() - begun);
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
        Await.until("work of the far worker", () -> far.view().path("busy").asInt() > 0);
        return job;
    }

    private static String square(long index) {
        return Long.toString(index * index);
    }

    /** The fault lasts until the worker is taken for silent and others have done its tasks. */
    private void othersDoItsWorkWhile(NetworkFault fault) {
        String job = startJob();
        try (JobObserver observer = JobObserver.of(api, job)) {
            proxy.inject(fault);
            Await.until("its silence", () -> !stateOfFar().equals("ACTIVE"));
            observer.expectSuccess(TASKS, Fault06NetworkIT::square);
        }
        proxy.heal();
        Duration back = awaitBack();
        System.out.println(fault + ": back after " + back.toMillis() + " ms");
        String next = startJob();
        assertThat(api.ended(next).path("state").asString()).isEqualTo("SUCCEEDED");
    }

    /** The fault lasts until the job is done in spite of it. */
    private void theJobIsDoneUnder(NetworkFault... faults) {
        String job = startJob();
        try (JobObserver observer = JobObserver.of(api, job)) {
            proxy.inject(faults);
            observer.expectSuccess(TASKS, Fault06NetworkIT::square);
        }
    }

    @Test
    void aBlackHole() {
        othersDoItsWorkWhile(new NetworkFault.BlackHole());
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void aPartitionInOneDirection(Direction blocked) {
        othersDoItsWorkWhile(new NetworkFault.Partition(blocked));
    }

    @Test
    void answersThatTakeSecondsOrNone() {
        theJobIsDoneUnder(new NetworkFault.Latency(Duration.ofSeconds(2), Duration.ofSeconds(2)));
    }

    @Test
    void oneByteAtATime() {
        theJobIsDoneUnder(new NetworkFault.Slicer(1, Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void connectionsThatAreResetInMidBody(Direction counted, Chance chance) {
        String job = startJob();
        try (JobObserver observer = JobObserver.of(api, job)) {
            for (int i = 0; i < 20; i++) { // each counts from its beginning
                proxy.inject(new NetworkFault.Reset(counted, chance.between(1, 1500)));
                Await.until("connections", () -> proxy.connections() > 0);
            }
            proxy.heal();
            observer.expectSuccess(TASKS, Fault06NetworkIT::square);
        }
    }
}
