package io.minimalcluster.master.environment.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.TooManyRequests;
import io.minimalcluster.master.error.MasterException.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompilerTurnsTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final AtomicLong nanos = new AtomicLong();
    private final CompilerTurns turns = turns(2);

    private CompilerTurns turns(int processes) {
        return new CompilerTurns(new CompilerSettings(processes, Duration.ofMinutes(1)), nanos::get);
    }

    /** Takes a turn in a thread of its own, which waits when this returns unless a compiler is free. */
    private CompletableFuture<CompilerTurns.Turn> waitFor(String owner) {
        CompletableFuture<CompilerTurns.Turn> turn = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                turn.complete(turns.take(owner, LONG));
            } catch (InterruptedException | RuntimeException e) {
                turn.completeExceptionally(e);
            }
        });
        while (!turn.isDone() && thread.getState() != Thread.State.TIMED_WAITING) {
            LockSupport.parkNanos(100_000);
        }
        return turn;
    }

    @Test
    void ownerHasOneCompilerAtATime() throws Exception {
        try (CompilerTurns.Turn first = turns.take("a", SHORT)) {
            assertThat(first.compiler()).isZero();
            assertThatThrownBy(() -> turns.take("a", SHORT)).isInstanceOf(Unavailable.class);
            try (CompilerTurns.Turn other = turns.take("b", SHORT)) {
                assertThat(other.compiler()).isOne();
            }
        }
        turns.take("a", SHORT).close();
    }

    @Test
    void firstCompilerIsUsedWhenItIsFree() throws Exception {
        turns.take("a", SHORT).close();
        try (CompilerTurns.Turn next = turns.take("b", SHORT)) {
            assertThat(next.compiler()).isZero();
        }
    }

    @Test
    void ownerThatUsedLessTimeIsServedBeforeEarlierCalls() throws Exception {
        CompilerTurns.Turn hostile = turns.take("hostile", SHORT);
        hostile.begin();
        CompilerTurns.Turn second = turns.take("other", SHORT);
        CompletableFuture<CompilerTurns.Turn> again = waitFor("hostile");
        CompletableFuture<CompilerTurns.Turn> otherAgain = waitFor("other");
        CompletableFuture<CompilerTurns.Turn> good = waitFor("good");
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());

        hostile.close();

        CompilerTurns.Turn served = good.join();
        assertThat(again).isNotDone();
        served.close();
        again.join().close();
        second.close();
        otherAgain.join().close();
    }

    @Test
    void usedUpTimeIsRefusedUntilItIsAvailableAgain() throws Exception {
        try (CompilerTurns.Turn turn = turns.take("a", SHORT)) {
            turn.begin();
            nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        }
        assertThatThrownBy(() -> turns.take("a", SHORT))
                .isInstanceOfSatisfying(
                        TooManyRequests.class,
                        refused -> assertThat(refused.retryAfter())
                                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11)));
        turns.take("b", SHORT).close();

        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        turns.take("a", SHORT).close();
    }

    @Test
    void startOfACompilerIsNotCounted() throws Exception {
        try (CompilerTurns.Turn turn = turns.take("a", SHORT)) {
            nanos.addAndGet(Duration.ofSeconds(100).toNanos());
            turn.begin();
        }
        turns.take("a", SHORT).close();
    }

    @Test
    void waitingCallsAreBounded() throws Exception {
        List<CompletableFuture<CompilerTurns.Turn>> waiting = new ArrayList<>();
        CompilerTurns.Turn running = turns.take("owner-0", SHORT);
        CompilerTurns.Turn other = turns.take("other", SHORT);
        for (int i = 0; i < CompilerTurns.MAX_WAITING; i++) {
            waiting.add(waitFor("owner-" + i / CompilerTurns.MAX_WAITING_PER_OWNER));
        }

        assertThatThrownBy(() -> turns.take("owner-0", SHORT)).isInstanceOf(TooManyRequests.class);
        assertThatThrownBy(() -> turns.take("another", SHORT)).isInstanceOf(Unavailable.class);

        running.close();
        other.close();
        List<CompletableFuture<Void>> closed = waiting.stream()
                .map(turn -> turn.thenAccept(CompilerTurns.Turn::close))
                .toList();
        assertThat(closed).allSatisfy(turn -> assertThat(turn).succeedsWithin(LONG));
    }

    @Test
    void interruptedCallLeavesTheQueue() throws Exception {
        CompilerTurns single = turns(1);
        CompilerTurns.Turn running = single.take("a", SHORT);
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                single.take("b", LONG).close();
                interrupted.complete(null);
            } catch (InterruptedException e) {
                interrupted.completeExceptionally(e);
            }
        });
        thread.interrupt();
        assertThatThrownBy(interrupted::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        running.close();
        single.take("c", SHORT).close();
    }
}
