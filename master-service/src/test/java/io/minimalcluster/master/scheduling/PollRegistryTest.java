package io.minimalcluster.master.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class PollRegistryTest {
    private static final int ANY = Integer.MAX_VALUE;

    private static final long LONG = TimeUnit.MINUTES.toNanos(5);

    private final PollRegistry pollRegistry = new PollRegistry();

    private WaitingPoll waitingPoll(String worker) {
        WaitingPoll poll = pollRegistry.open(new WorkerId(worker));
        pollRegistry.startWaiting(poll);
        return poll;
    }

    private static boolean isWoken(WaitingPoll poll) throws InterruptedException {
        return poll.await(0);
    }

    @Test
    void workWakesTheLongestWaitingPollsFirst() throws InterruptedException {
        List<WaitingPoll> polls =
                IntStream.range(0, 5).mapToObj(i -> waitingPoll("w" + i)).toList();
        pollRegistry.notifyWork(2);
        List<Boolean> woken = new ArrayList<>();
        for (WaitingPoll poll : polls) {
            woken.add(isWoken(poll));
        }
        assertThat(woken).containsExactly(true, true, false, false, false);
    }

    @Test
    void workNotifiesPollsThatMeetItsRequirements() throws InterruptedException {
        WaitingPoll plain = waitingPoll("plain");
        WaitingPoll gpu = waitingPoll("gpu");
        WaitingPoll unknown = waitingPoll("unknown");
        pollRegistry.setCapabilities(plain, new WorkerCapabilities(Map.of(), false, 0), ANY);
        pollRegistry.setCapabilities(gpu, new WorkerCapabilities(Map.of("gpu", "yes"), false, 0), ANY);

        pollRegistry.notifyWork(
                JobRequirements.of(
                        JobOptions.builder().requires(Map.of("gpu", "yes")).build()),
                2);

        assertThat(isWoken(plain)).isFalse();
        assertThat(isWoken(gpu)).isTrue();
        assertThat(isWoken(unknown)).as("a poll with unknown capabilities").isTrue();
    }

    @Test
    void resultTellsWhetherAPollCanTakeTheWork() {
        JobRequirements gpu = JobRequirements.of(
                JobOptions.builder().requires(Map.of("gpu", "yes")).build());
        assertThat(pollRegistry.notifyWork(JobRequirements.NONE, 1))
                .as("without a poll")
                .isFalse();
        WaitingPoll plain = waitingPoll("plain");
        pollRegistry.setCapabilities(plain, new WorkerCapabilities(Map.of(), false, 0), ANY);
        assertThat(pollRegistry.notifyWork(gpu, 1)).as("unsuitable").isFalse();
        waitingPoll("unknown");
        assertThat(pollRegistry.notifyWork(gpu, 1)).as("perhaps unsuitable").isFalse();
        assertThat(pollRegistry.notifyWork(JobRequirements.NONE, 1))
                .as("suitable")
                .isTrue();
    }

    @Test
    void pollKnowsWhetherAnotherWaits() {
        WaitingPoll one = waitingPoll("one");
        assertThat(pollRegistry.hasOtherWaitingPolls(one)).isFalse();
        WaitingPoll two = waitingPoll("two");
        assertThat(pollRegistry.hasOtherWaitingPolls(one)).isTrue();
        pollRegistry.close(one);
        assertThat(pollRegistry.hasOtherWaitingPolls(one)).as("from outside").isTrue();
        assertThat(pollRegistry.hasOtherWaitingPolls(two)).isFalse();
    }

    @Test
    void lostTasksNotifyEligiblePolls() throws InterruptedException {
        WaitingPoll bounded = waitingPoll("bounded");
        WaitingPoll unbounded = waitingPoll("unbounded");
        pollRegistry.setCapabilities(bounded, new WorkerCapabilities(Map.of(), false, 0), 12);
        pollRegistry.setCapabilities(unbounded, new WorkerCapabilities(Map.of(), false, 0), ANY);

        pollRegistry.notifyWork(JobRequirements.NONE, 12, 1);
        assertThat(isWoken(bounded)).isFalse();
        assertThat(isWoken(unbounded)).isTrue();

        pollRegistry.notifyWork(JobRequirements.NONE, 11, 1);
        assertThat(isWoken(bounded)).isTrue();
    }

    @Test
    void unclaimedNotificationPassesToAnotherPoll() throws InterruptedException {
        WaitingPoll first = waitingPoll("first");
        WaitingPoll bounded = waitingPoll("bounded");
        WaitingPoll unbounded = waitingPoll("unbounded");
        pollRegistry.setCapabilities(bounded, new WorkerCapabilities(Map.of(), false, 0), 1);
        pollRegistry.setCapabilities(unbounded, new WorkerCapabilities(Map.of(), false, 0), ANY);
        pollRegistry.setCapabilities(first, new WorkerCapabilities(Map.of(), false, 0), ANY);

        pollRegistry.notifyWork(JobRequirements.NONE, 4, 1);
        pollRegistry.close(first);

        assertThat(isWoken(bounded)).isFalse();
        assertThat(isWoken(unbounded)).isTrue();
    }

    @Test
    void endedPollIsSuperseded() throws InterruptedException {
        WaitingPoll full = pollRegistry.open(new WorkerId("full"));
        pollRegistry.end(new WorkerId("full"));
        pollRegistry.end(new WorkerId("unknown"));
        assertThat(isWoken(full)).isTrue();
        assertThat(full.isSuperseded()).isTrue();
    }

    @Test
    void pollWithoutFreeSlotsIsWokenByOrdersOnly() throws InterruptedException {
        WaitingPoll full = pollRegistry.open(new WorkerId("full"));
        pollRegistry.notifyWork(10);
        assertThat(isWoken(full)).isFalse();
        pollRegistry.notifyOrders(List.of(new WorkerId("full"), new WorkerId("unknown")));
        assertThat(isWoken(full)).isTrue();
        assertThat(full.isSuperseded()).isFalse();
    }

    @Test
    void newerPollSupersedesTheOlder() throws InterruptedException {
        WaitingPoll older = waitingPoll("w");
        WaitingPoll newer = waitingPoll("w");
        assertThat(isWoken(older)).isTrue();
        assertThat(older.isSuperseded()).isTrue();
        pollRegistry.close(older);
        pollRegistry.notifyWork(1);
        assertThat(isWoken(newer)).isTrue();
        assertThat(newer.isSuperseded()).isFalse();
    }

    @Test
    void notificationOfAClosedPollPassesToAnother() throws InterruptedException {
        WaitingPoll leaving = waitingPoll("leaving");
        WaitingPoll other = waitingPoll("other");
        pollRegistry.notifyWork(1);
        pollRegistry.close(leaving);
        assertThat(isWoken(other)).isTrue();
    }

    @Test
    void consumedNotificationIsNotPassedOn() throws InterruptedException {
        WaitingPoll first = waitingPoll("first");
        WaitingPoll other = waitingPoll("other");
        pollRegistry.notifyWork(1);
        pollRegistry.startWaiting(first);
        pollRegistry.close(first);
        assertThat(isWoken(other)).isFalse();
    }

    @Test
    void closeAllEndsPresentAndFuturePolls() throws InterruptedException {
        WaitingPoll before = waitingPoll("before");
        pollRegistry.closeAll();
        WaitingPoll after = pollRegistry.open(new WorkerId("after"));
        assertThat(isWoken(before)).isTrue();
        assertThat(before.isSuperseded()).isTrue();
        assertThat(after.isSuperseded()).isTrue();
        assertThat(pollRegistry.isClosed()).isTrue();
    }

    @Test
    void noneOfThousandsOfPollsMissesItsNotification() throws InterruptedException {
        int count = 10_000;
        CountDownLatch waiting = new CountDownLatch(count);
        CountDownLatch woken = new CountDownLatch(count);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            WorkerId worker = new WorkerId("w" + i);
            threads.add(Thread.startVirtualThread(() -> {
                WaitingPoll poll = pollRegistry.open(worker);
                pollRegistry.startWaiting(poll);
                waiting.countDown();
                if (awaitQuietly(poll)) {
                    pollRegistry.startWaiting(poll);
                    woken.countDown();
                }
                pollRegistry.close(poll);
            }));
        }
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        Thread.startVirtualThread(() -> pollRegistry.notifyWork(count / 2));
        for (int i = 0; i < count / 2; i++) {
            pollRegistry.notifyWork(1);
        }
        // A woken poll waits again before it closes and may take a second notification, so send the missing ones.
        while (!woken.await(10, TimeUnit.MILLISECONDS)) {
            pollRegistry.notifyWork(1);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(pollRegistry.size()).isZero();
    }

    private static boolean awaitQuietly(WaitingPoll poll) {
        try {
            return poll.await(LONG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
