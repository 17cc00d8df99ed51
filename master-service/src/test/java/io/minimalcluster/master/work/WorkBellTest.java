package io.minimalcluster.master.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.match.Abilities;
import io.minimalcluster.master.match.Needs;
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
class WorkBellTest {
    private static final int ANY = Integer.MAX_VALUE;

    private static final long LONG = TimeUnit.MINUTES.toNanos(5);

    private final WorkBell bell = new WorkBell();

    private ParkedPoll hungry(String worker) {
        ParkedPoll poll = bell.open(new WorkerId(worker));
        bell.park(poll);
        return poll;
    }

    private static boolean isWoken(ParkedPoll poll) throws InterruptedException {
        return poll.await(0);
    }

    @Test
    void wakesAsManyAsThereIsWorkForTheLongestParkedFirst() throws InterruptedException {
        List<ParkedPoll> polls =
                IntStream.range(0, 5).mapToObj(i -> hungry("w" + i)).toList();
        bell.ring(2);
        List<Boolean> woken = new ArrayList<>();
        for (ParkedPoll poll : polls) {
            woken.add(isWoken(poll));
        }
        assertThat(woken).containsExactly(true, true, false, false, false);
    }

    @Test
    void workIsToldToThoseThatHaveWhatItNeeds() throws InterruptedException {
        ParkedPoll plain = hungry("plain");
        ParkedPoll able = hungry("able");
        ParkedPoll unknown = hungry("unknown");
        bell.offers(plain, new Abilities(Map.of(), false), ANY);
        bell.offers(able, new Abilities(Map.of("gpu", "yes"), false), ANY);

        bell.ring(Needs.of(JobOptions.builder().requires(Map.of("gpu", "yes")).build()), 2);

        assertThat(isWoken(plain)).isFalse();
        assertThat(isWoken(able)).isTrue();
        assertThat(isWoken(unknown)).as("who knows").isTrue();
    }

    @Test
    void whatWasLostIsToldToThoseThatMayHaveIt() throws InterruptedException {
        ParkedPoll careful = hungry("careful");
        ParkedPoll free = hungry("free");
        bell.offers(careful, new Abilities(Map.of(), false), 12);
        bell.offers(free, new Abilities(Map.of(), false), ANY);

        bell.ring(Needs.NONE, 12, 1);
        assertThat(isWoken(careful)).isFalse();
        assertThat(isWoken(free)).isTrue();

        bell.ring(Needs.NONE, 11, 1);
        assertThat(isWoken(careful)).isTrue();
    }

    @Test
    void whatAPollWasToldOfAndDidNotLookForIsToldToAnotherThatMayHaveIt() throws InterruptedException {
        ParkedPoll first = hungry("first");
        ParkedPoll careful = hungry("careful");
        ParkedPoll free = hungry("free");
        bell.offers(careful, new Abilities(Map.of(), false), 1);
        bell.offers(free, new Abilities(Map.of(), false), ANY);
        bell.offers(first, new Abilities(Map.of(), false), ANY);

        bell.ring(Needs.NONE, 4, 1);
        bell.close(first);

        assertThat(isWoken(careful)).isFalse();
        assertThat(isWoken(free)).isTrue();
    }

    @Test
    void aPollThatIsEndedAsksAgain() throws InterruptedException {
        ParkedPoll full = bell.open(new WorkerId("full"));
        bell.end(new WorkerId("full"));
        bell.end(new WorkerId("nobody"));
        assertThat(isWoken(full)).isTrue();
        assertThat(full.isSuperseded()).isTrue();
    }

    @Test
    void aPollThatTakesNothingIsWokenByOrdersAlone() throws InterruptedException {
        ParkedPoll full = bell.open(new WorkerId("full"));
        bell.ring(10);
        assertThat(isWoken(full)).isFalse();
        bell.order(List.of(new WorkerId("full"), new WorkerId("unknown")));
        assertThat(isWoken(full)).isTrue();
        assertThat(full.isSuperseded()).isFalse();
    }

    @Test
    void aNewerPollEndsTheOlder() throws InterruptedException {
        ParkedPoll older = hungry("w");
        ParkedPoll newer = hungry("w");
        assertThat(isWoken(older)).isTrue();
        assertThat(older.isSuperseded()).isTrue();
        bell.close(older);
        bell.ring(1);
        assertThat(isWoken(newer)).isTrue();
        assertThat(newer.isSuperseded()).isFalse();
    }

    @Test
    void workThatAPollWasToldOfAndDidNotLookForIsToldToAnother() throws InterruptedException {
        ParkedPoll leaving = hungry("leaving");
        ParkedPoll other = hungry("other");
        bell.ring(1);
        bell.close(leaving);
        assertThat(isWoken(other)).isTrue();
    }

    @Test
    void workThatAPollLookedForIsNotToldTwice() throws InterruptedException {
        ParkedPoll first = hungry("first");
        ParkedPoll other = hungry("other");
        bell.ring(1);
        bell.park(first);
        bell.close(first);
        assertThat(isWoken(other)).isFalse();
    }

    @Test
    void closingEndsEachPollNowAndLater() throws InterruptedException {
        ParkedPoll before = hungry("before");
        bell.closeAll();
        ParkedPoll after = bell.open(new WorkerId("after"));
        assertThat(isWoken(before)).isTrue();
        assertThat(before.isSuperseded()).isTrue();
        assertThat(after.isSuperseded()).isTrue();
        assertThat(bell.isClosed()).isTrue();
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
                ParkedPoll poll = bell.open(worker);
                bell.park(poll);
                parked.countDown();
                if (awaitQuietly(poll)) {
                    bell.park(poll);
                    woken.countDown();
                }
                bell.close(poll);
            }));
        }
        assertThat(parked.await(30, TimeUnit.SECONDS)).isTrue();
        Thread.startVirtualThread(() -> bell.ring(count / 2));
        for (int i = 0; i < count / 2; i++) {
            bell.ring(1);
        }
        // each that was woken parks again before it closes, so a ring may have met one twice: the rest is rung for
        while (!woken.await(10, TimeUnit.MILLISECONDS)) {
            bell.ring(1);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(bell.size()).isZero();
    }

    private static boolean awaitQuietly(ParkedPoll poll) {
        try {
            return poll.await(LONG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
