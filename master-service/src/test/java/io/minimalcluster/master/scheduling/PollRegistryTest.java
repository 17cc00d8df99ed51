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

    private WaitingPoll hungry(String worker) {
        WaitingPoll poll = pollRegistry.open(new WorkerId(worker));
        pollRegistry.startWaiting(poll);
        return poll;
    }

    private static boolean isWoken(WaitingPoll poll) throws InterruptedException {
        return poll.await(0);
    }

    @Test
    void wakesAsManyAsThereIsWorkForTheLongestParkedFirst() throws InterruptedException {
        List<WaitingPoll> polls =
                IntStream.range(0, 5).mapToObj(i -> hungry("w" + i)).toList();
        pollRegistry.notifyWork(2);
        List<Boolean> woken = new ArrayList<>();
        for (WaitingPoll poll : polls) {
            woken.add(isWoken(poll));
        }
        assertThat(woken).containsExactly(true, true, false, false, false);
    }

    @Test
    void workNotifiesPollsThatMeetItsRequirements() throws InterruptedException {
        WaitingPoll plain = hungry("plain");
        WaitingPoll able = hungry("able");
        WaitingPoll unknown = hungry("unknown");
        pollRegistry.setCapabilities(plain, new WorkerCapabilities(Map.of(), false), ANY);
        pollRegistry.setCapabilities(able, new WorkerCapabilities(Map.of("gpu", "yes"), false), ANY);

        pollRegistry.notifyWork(
                JobRequirements.of(
                        JobOptions.builder().requires(Map.of("gpu", "yes")).build()),
                2);

        assertThat(isWoken(plain)).isFalse();
        assertThat(isWoken(able)).isTrue();
        assertThat(isWoken(unknown)).as("who knows").isTrue();
    }

    @Test
    void lostTasksNotifyEligiblePolls() throws InterruptedException {
        WaitingPoll careful = hungry("careful");
        WaitingPoll free = hungry("free");
        pollRegistry.setCapabilities(careful, new WorkerCapabilities(Map.of(), false), 12);
        pollRegistry.setCapabilities(free, new WorkerCapabilities(Map.of(), false), ANY);

        pollRegistry.notifyWork(JobRequirements.NONE, 12, 1);
        assertThat(isWoken(careful)).isFalse();
        assertThat(isWoken(free)).isTrue();

        pollRegistry.notifyWork(JobRequirements.NONE, 11, 1);
        assertThat(isWoken(careful)).isTrue();
    }

    @Test
    void unclaimedNotificationPassesToAnotherPoll() throws InterruptedException {
        WaitingPoll first = hungry("first");
        WaitingPoll careful = hungry("careful");
        WaitingPoll free = hungry("free");
        pollRegistry.setCapabilities(careful, new WorkerCapabilities(Map.of(), false), 1);
        pollRegistry.setCapabilities(free, new WorkerCapabilities(Map.of(), false), ANY);
        pollRegistry.setCapabilities(first, new WorkerCapabilities(Map.of(), false), ANY);

        pollRegistry.notifyWork(JobRequirements.NONE, 4, 1);
        pollRegistry.close(first);

        assertThat(isWoken(careful)).isFalse();
        assertThat(isWoken(free)).isTrue();
    }

    @Test
    void aPollThatIsEndedAsksAgain() throws InterruptedException {
        WaitingPoll full = pollRegistry.open(new WorkerId("full"));
        pollRegistry.end(new WorkerId("full"));
        pollRegistry.end(new WorkerId("nobody"));
        assertThat(isWoken(full)).isTrue();
        assertThat(full.isSuperseded()).isTrue();
    }

    @Test
    void aPollThatTakesNothingIsWokenByOrdersAlone() throws InterruptedException {
        WaitingPoll full = pollRegistry.open(new WorkerId("full"));
        pollRegistry.notifyWork(10);
        assertThat(isWoken(full)).isFalse();
        pollRegistry.order(List.of(new WorkerId("full"), new WorkerId("unknown")));
        assertThat(isWoken(full)).isTrue();
        assertThat(full.isSuperseded()).isFalse();
    }

    @Test
    void aNewerPollEndsTheOlder() throws InterruptedException {
        WaitingPoll older = hungry("w");
        WaitingPoll newer = hungry("w");
        assertThat(isWoken(older)).isTrue();
        assertThat(older.isSuperseded()).isTrue();
        pollRegistry.close(older);
        pollRegistry.notifyWork(1);
        assertThat(isWoken(newer)).isTrue();
        assertThat(newer.isSuperseded()).isFalse();
    }

    @Test
    void workThatAPollWasToldOfAndDidNotLookForIsToldToAnother() throws InterruptedException {
        WaitingPoll leaving = hungry("leaving");
        WaitingPoll other = hungry("other");
        pollRegistry.notifyWork(1);
        pollRegistry.close(leaving);
        assertThat(isWoken(other)).isTrue();
    }

    @Test
    void workThatAPollLookedForIsNotToldTwice() throws InterruptedException {
        WaitingPoll first = hungry("first");
        WaitingPoll other = hungry("other");
        pollRegistry.notifyWork(1);
        pollRegistry.startWaiting(first);
        pollRegistry.close(first);
        assertThat(isWoken(other)).isFalse();
    }

    @Test
    void closingEndsEachPollNowAndLater() throws InterruptedException {
        WaitingPoll before = hungry("before");
        pollRegistry.closeAll();
        WaitingPoll after = pollRegistry.open(new WorkerId("after"));
        assertThat(isWoken(before)).isTrue();
        assertThat(before.isSuperseded()).isTrue();
        assertThat(after.isSuperseded()).isTrue();
        assertThat(pollRegistry.isClosed()).isTrue();
    }

    @Test
    void noneOfThousandsOfPollsSleepsThroughItsWork() throws InterruptedException {
        int count = 10_000;
        CountDownLatch parked = new CountDownLatch(count);
        CountDownLatch woken = new CountDownLatch(count);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            WorkerId worker = new WorkerId("w" + i);
            threads.add(Thread.startVirtualThread(() -> {
                WaitingPoll poll = pollRegistry.open(worker);
                pollRegistry.startWaiting(poll);
                parked.countDown();
                if (awaitQuietly(poll)) {
                    pollRegistry.startWaiting(poll);
                    woken.countDown();
                }
                pollRegistry.close(poll);
            }));
        }
        assertThat(parked.await(30, TimeUnit.SECONDS)).isTrue();
        Thread.startVirtualThread(() -> pollRegistry.notifyWork(count / 2));
        for (int i = 0; i < count / 2; i++) {
            pollRegistry.notifyWork(1);
        }
        // each that was woken parks again before it closes, so a ring may have met one twice: the rest is rung for
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
