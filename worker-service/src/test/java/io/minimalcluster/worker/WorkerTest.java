package io.minimalcluster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.worker.fake.FakeBatch;
import io.minimalcluster.worker.fake.FakeMaster;
import io.minimalcluster.worker.fake.InjectedFault;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WorkerTest extends FakeMasterTest {
    @Test
    void registersRunsABatchAndEndsItsLease() throws Exception {
        master.offer(FakeBatch.of("lease-1", 3, 4));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.outcomes()).isEqualTo(Map.of(3L, "9", 4L, "16", 5L, "25", 6L, "36"));
        JsonNode registration = master.registrations().getFirst();
        assertThat(registration.get("name").asString()).isEqualTo("w");
        assertThat(registration.get("slots").asInt()).isEqualTo(1);
        assertThat(registration.get("memoryBytes").asInt()).isEqualTo(64 << 20);
        assertThat(registration.get("isolation").asString()).isEqualTo("process");
        assertThat(registration.get("labels").get("zone").asString()).isEqualTo("a");
        assertThat(registration.get("protocol").asInt()).isEqualTo(1);
        assertThat(registration.has("replaces")).isFalse();
        assertThat(worker.isRegistered()).isTrue();
    }

    @Test
    void continuesAfterADefect() throws Exception {
        executor.setDefect(new IllegalStateException("injected"));
        master.offer(FakeBatch.of("lease-1", 3, 4));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.registrations()).hasSize(2);
    }

    @Test
    void rangeArgumentsDependOnTheTaskIndex() throws Exception {
        master.offer(FakeBatch.range("lease-1", 5, 3, 100, -10));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.outcomes()).isEqualTo(Map.of(5L, "2500", 6L, "1600", 7L, "900"));
    }

    @Test
    void postsPlacesOfABatchWithScatteredIndexes() throws Exception {
        master.offer(FakeBatch.scattered("lease-1", 40, 2, 31));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.outcomes()).isEqualTo(Map.of(40L, "1600", 2L, "4", 31L, "961"));
    }

    @Test
    void fastOutcomesArePostedTogether() throws Exception {
        master.offer(FakeBatch.of("lease-1", 1000, 500));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.results()).hasSizeLessThan(20);
        JsonNode last = master.results().getLast();
        assertThat(last.get("micros").size()).isEqualTo(last.get("count").asInt());
        assertThat(master.outcomes()).hasSize(500);
    }

    @Test
    void timesOfPartsWithATotalAreSummed() throws Exception {
        executor.setPartSize(3);
        master.offer(FakeBatch.of("lease-1", 0, 6));
        worker.start();
        master.events().await("done lease-1");
        long micros = 0;
        for (JsonNode part : master.results()) {
            assertThat(part.path("micros").size()).isLessThan(2);
            micros += part.path("micros").path(0).asLong(0);
        }
        assertThat(micros).isEqualTo(10);
    }

    @Test
    void prefetchesExactlyOneBatch() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 1), FakeBatch.of("lease-2", 1, 1), FakeBatch.of("lease-3", 2, 1));
        worker.start();
        master.events().await("poll slots=2");
        master.events().await("poll slots=0");
        assertThat(master.leases()).containsExactly("lease-1", "lease-2");
        executor.openGate();
        master.events().await("done lease-3");
        assertThat(executor.maxConcurrent()).isEqualTo(1);
    }

    @Test
    void freeSlotSupersedesTheOpenPoll() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 1), FakeBatch.of("lease-2", 1, 1));
        worker.start();
        master.events().await("poll slots=0");
        executor.openGate();
        master.events().await("done lease-2");
        master.events()
                .awaitThat(
                        "a poll for a batch that supersedes the poll for none",
                        all -> all.subList(all.indexOf("poll slots=0"), all.size()).stream()
                                .anyMatch(event -> event.matches("poll slots=[12]")));
    }

    @Test
    void runsOneBatchPerSlot() throws Exception {
        worker = worker(3, FakeMaster.KEY, List.of(master.address()), Duration.ofSeconds(10));
        executor.closeGate();
        for (int i = 0; i < 6; i++) {
            master.offer(FakeBatch.of("lease-" + i, i, 1));
        }
        worker.start();
        executor.events()
                .awaitThat(
                        "three tasks",
                        all -> all.stream()
                                        .filter(event -> event.startsWith("started"))
                                        .count()
                                == 3);
        executor.openGate();
        master.events()
                .awaitThat(
                        "all done",
                        all -> all.stream()
                                        .filter(event -> event.startsWith("done"))
                                        .count()
                                == 6);
        assertThat(executor.maxConcurrent()).isEqualTo(3);
    }

    @Test
    void lostPollResponseIsResent() throws Exception {
        master.inject(InjectedFault.lostResponse("poll"));
        master.offer(FakeBatch.of("lease-1", 0, 2));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.events().count("handed out lease-1")).isGreaterThan(1);
        assertThat(executor.events().count("started 0")).isEqualTo(1);
    }

    @Test
    void batchReceivedTwiceRunsOnce() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 1), FakeBatch.of("lease-1", 0, 1));
        worker.start();
        executor.events().await("started 0");
        executor.openGate();
        master.events().await("done lease-1");
        master.offer(FakeBatch.of("lease-2", 5, 1));
        master.events().await("done lease-2");
        assertThat(executor.events().count("started 0")).isEqualTo(1);
    }

    @Test
    void resultsAreResentAfterALostResponse() throws Exception {
        master.inject(InjectedFault.lostResponse("results"));
        master.offer(FakeBatch.of("lease-1", 0, 2), FakeBatch.of("lease-2", 2, 2));
        worker.start();
        master.events().await("done lease-1");
        master.events().await("done lease-2");
        assertThat(master.outcomes()).hasSize(4);
    }

    @Test
    void lostLeaseStopsItsBatchAndTheWorkerContinues() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 3));
        worker.start();
        executor.events().await("started 0");
        master.offer(FakeBatch.of("lease-2", 7, 1));
        master.inject(InjectedFault.problem("results lease-1", 409, "lease-lost"));
        executor.openGate();
        master.events().await("done lease-2");
        assertThat(master.outcomes()).isEqualTo(Map.of(7L, "49"));
    }

    @Test
    void stopKillsTheBatchAndPostsNothing() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 3));
        worker.start();
        executor.events().await("started 0");
        master.events().await("poll slots=1");
        master.reassignLease("lease-1");
        executor.events().await("ended");
        assertThat(executor.events().all()).contains("stopped");
        assertThat(master.outcomes()).isEmpty();
        executor.openGate();
        master.offer(FakeBatch.of("lease-2", 5, 1));
        master.events().await("done lease-2");
        assertThat(master.results()).hasSize(1);
    }

    @Test
    void shrinkReturnsTasks() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 10, 8));
        worker.start();
        executor.events().await("started 10");
        master.shrink("lease-1", 13);
        executor.events().await("shrunk to 3");
        executor.openGate();
        master.events().await("done lease-1");
        assertThat(master.outcomes().keySet()).containsExactly(10L, 11L, 12L);
    }

    @Test
    void lateShrinkDiscardsResultsBeyondTheEnd() throws Exception {
        executor.setPartSize(8);
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 10, 8));
        worker.start();
        executor.events().await("started 10");
        master.shrink("lease-1", 13);
        executor.events().await("shrunk to 3");
        executor.openGate();
        master.events().await("done lease-1");
        assertThat(master.outcomes().keySet()).containsExactly(10L, 11L, 12L);
    }

    @Test
    void drainOrderStopsNewBatches() throws Exception {
        worker.start();
        master.events().await("poll slots=2");
        master.orderDrain(true);
        master.events().await("poll slots=0");
        master.offer(FakeBatch.of("lease-1", 0, 1));
        master.orderDrain(false);
        master.events().await("done lease-1");
    }

    @Test
    void drainEndsWhenTheMasterNoLongerOrdersIt() throws Exception {
        master.setDraining(true);
        worker.start();
        master.events().await("poll slots=0");
        master.offer(FakeBatch.of("lease-1", 0, 1));
        master.events().await("poll slots=0", 2);
        assertThat(master.leases()).isEmpty();
        master.setDraining(false);
        master.events().await("done lease-1");
    }

    @Test
    void unknownWorkerRegistersAgain() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 2));
        worker.start();
        executor.events().await("started 0");
        master.removeWorker();
        master.events().await("registered worker-2");
        assertThat(master.registrations().getLast().get("replaces").asString()).isEqualTo("worker-1");
        executor.events().await("stopped");
        executor.openGate();
        master.offer(FakeBatch.of("lease-2", 4, 1));
        master.events().await("done lease-2");
        assertThat(master.outcomes()).isEqualTo(Map.of(4L, "16"));
    }

    @Test
    void retriesUntilTheMasterIsAvailable() throws Exception {
        master.inject(
                InjectedFault.unavailable("register", 0),
                InjectedFault.unavailable("poll", 0),
                InjectedFault.garbage("poll"),
                InjectedFault.unavailable("results", 1));
        master.offer(FakeBatch.of("lease-1", 0, 1));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.outcomes()).isEqualTo(Map.of(0L, "0"));
    }

    @Test
    void outcomesArePostedAfterAnOutage() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 3));
        worker.start();
        executor.events().await("started 0");
        master.stopResponding();
        executor.openGate();
        executor.events().await("ended");
        master.events().await("dropped results");
        master.resumeResponding();
        master.events().await("done lease-1");
        assertThat(master.outcomes()).hasSize(3);
        assertThat(executor.events().count("started 0")).isEqualTo(1);
    }

    @Test
    void lostConnectionStopsTasksAndPostsResultsLater() throws Exception {
        master.setIntervals(0.05, 0.4);
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 4));
        worker.start();
        executor.events().await("started 0");
        master.offer(FakeBatch.of("lease-2", 10, 4));
        master.events().await("poll slots=0");

        master.stopResponding();
        executor.hold(2);
        executor.openGate();
        executor.events().await("stopped");
        executor.events().await("ended");
        master.resumeResponding();

        master.events().await("done lease-1");
        master.events().await("done lease-2");
        assertThat(master.outcomes()).isEqualTo(Map.of(0L, "0", 1L, "1"));
        assertThat(executor.events().all())
                .contains("liveness timeout 400 ms")
                .doesNotContain("started 3", "started 10");

        master.offer(FakeBatch.of("lease-3", 20, 1));
        master.events().await("done lease-3");
        assertThat(master.heartbeats())
                .as("a heartbeat reported the fencing")
                .anyMatch(heartbeat -> heartbeat.path("cutOff").asBoolean(false));
        List<String> calls = master.events().all().stream()
                .dropWhile(call -> !call.startsWith("dropped"))
                .dropWhile(call -> call.startsWith("dropped"))
                .toList();
        assertThat(calls).as("the first call after the outage").first().isEqualTo("heartbeat");
    }

    @Test
    void failedSelfTestStopsNewBatches() throws Exception {
        executor.setFailure("no memory\nfor anything");
        master.offer(FakeBatch.of("lease-1", 0, 4));
        worker.start();

        master.events().await("done lease-1");
        master.events().await("poll slots=0");
        assertThat(worker.selfTestFailure()).contains("no memory for anything");
        int before = master.heartbeats().size();
        master.events().await("responded to heartbeat", before + 2);
        assertThat(master.heartbeats().getLast().path("trouble").asString()).isEqualTo("no memory for anything");
        assertThat(master.outcomes()).isEmpty();

        executor.setFailure(null);
        master.offer(FakeBatch.of("lease-2", 5, 1));
        master.events().await("done lease-2");
        assertThat(worker.selfTestFailure()).isEmpty();
        before = master.heartbeats().size();
        master.events().await("responded to heartbeat", before + 2);
        assertThat(master.heartbeats().getLast().has("trouble")).isFalse();
    }

    @Test
    void passedSelfTestKeepsTheWorkerAvailable() throws Exception {
        master.offer(FakeBatch.of("lease-1", 666, 1), FakeBatch.of("lease-2", 5, 1));
        worker.start();

        master.events().await("done lease-1");
        master.events().await("done lease-2");
        assertThat(worker.selfTestFailure()).isEmpty();
    }

    @Test
    void heartbeatReportsTheProgressOfEachLease() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 20, 3));
        worker.start();
        executor.events().await("started 20");
        master.offer(FakeBatch.of("lease-2", 30, 3));
        master.events().await("poll slots=0");
        int before = master.heartbeats().size();
        master.events().await("responded to heartbeat", before + 2);
        JsonNode leases = master.heartbeats().getLast().get("leases");
        assertThat(leases.get(0).get("leaseId").asString()).isEqualTo("lease-1");
        assertThat(leases.get(0).get("running").get(0).get("index").asLong()).isEqualTo(20);
        assertThat(leases.get(0).get("next").asLong()).isEqualTo(21);
        assertThat(leases.get(1).get("running").size()).isZero();
        assertThat(leases.get(1).get("next").asLong()).isEqualTo(30);
        executor.openGate();
    }

    @Test
    void onlyTasksOfAMalformedBlockFailAsCrashes() throws Exception {
        master.offer(FakeBatch.of("lease-1", 12, 3));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.outcomes()).isEqualTo(Map.of(12L, "144", 13L, "crash", 14L, "196"));
    }

    @Test
    void batchThatCannotRunEndsItsLease() throws Exception {
        master.offer(FakeBatch.of("lease-1", 665, 3));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.outcomes()).isEqualTo(Map.of(665L, "442225"));
    }

    @Test
    void drainReturnsUnstartedTasks() throws Exception {
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 4));
        worker.start();
        executor.events().await("started 0");
        master.offer(FakeBatch.of("lease-2", 10, 4));
        master.events().await("poll slots=0");
        Thread drain = Thread.ofVirtual().start(() -> {
            try {
                worker.drain();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        master.events().await("done lease-2");
        executor.events().await("ending after the running task");
        int before = master.heartbeats().size();
        master.events().await("responded to heartbeat", before + 2);
        executor.openGate();
        drain.join();
        assertThat(master.events().all()).containsSubsequence("done lease-2", "done lease-1", "left");
        assertThat(master.outcomes()).isEqualTo(Map.of(0L, "0"));
        assertThat(executor.events().all()).contains("closed").doesNotContain("started 10");
    }

    @Test
    void drainLimitKillsRunningTasks() throws Exception {
        worker = worker(1, FakeMaster.KEY, List.of(master.address()), Duration.ofMillis(50));
        executor.closeGate();
        master.offer(FakeBatch.of("lease-1", 0, 4));
        worker.start();
        executor.events().await("started 0");
        worker.drain();
        assertThat(master.events().all()).containsSubsequence("done lease-1", "left");
        assertThat(master.outcomes()).isEmpty();
    }

    @Test
    void refusedKeyIsReported() throws Exception {
        worker = worker(1, "another-key", List.of(master.address()), Duration.ofSeconds(1));
        worker.start();
        Refused refused = worker.refusal().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(refused.keyIsWrong()).isTrue();
        assertThat(refused).hasMessageContaining("401").hasMessageNotContaining("another-key");
    }

    @Test
    void refusedProtocolIsReported() throws Exception {
        master.inject(InjectedFault.problem("register", 422, "unsupported-protocol"));
        worker.start();
        Refused refused = worker.refusal().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(refused.keyIsWrong()).isFalse();
    }

    @Test
    void unreachableMasterIsReplacedByTheNext() throws Exception {
        URI unreachable = URI.create("http://127.0.0.1:1"); // the port of tcpmux
        worker = worker(1, FakeMaster.KEY, List.of(unreachable, master.address()), Duration.ofSeconds(1));
        master.offer(FakeBatch.of("lease-1", 0, 1));
        worker.start();
        master.events().await("done lease-1");
    }

    @Test
    void bundleIsFetchedOnceAndAgainIfDamaged() throws Exception {
        worker = worker(2, FakeMaster.KEY, List.of(master.address()), Duration.ofSeconds(1));
        master.inject(InjectedFault.garbage("bundle"));
        master.offer(FakeBatch.of("lease-1", 0, 1), FakeBatch.of("lease-2", 1, 1), FakeBatch.of("lease-3", 2, 1));
        worker.start();
        master.events().await("done lease-1");
        master.events().await("done lease-2");
        master.events().await("done lease-3");
        assertThat(master.events().count("bundle")).isEqualTo(2);
    }
}
