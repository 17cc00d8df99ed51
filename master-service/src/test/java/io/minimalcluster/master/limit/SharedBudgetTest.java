package io.minimalcluster.master.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedBudgetTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final SharedBudget budget = new SharedBudget(10, 4, 2);

    private CompletableFuture<Void> waiting(String owner, long permits) {
        CompletableFuture<Void> granted = new CompletableFuture<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                if (budget.tryAcquire(owner, permits, LONG)) {
                    granted.complete(null);
                }
            } catch (InterruptedException e) {
                granted.completeExceptionally(e);
            }
        });
        while (waiter.getState() != Thread.State.TIMED_WAITING && !granted.isDone()) {
            Thread.onSpinWait();
        }
        return granted;
    }

    @Test
    void ownerHasAtMostItsShare() {
        assertThat(budget.tryAcquire("a", 4)).isTrue();
        assertThat(budget.tryAcquire("a", 1)).isFalse();
        assertThat(budget.tryAcquire("b", 4)).isTrue();
    }

    @Test
    void requestAboveTheShareSucceedsAlone() {
        assertThat(budget.tryAcquire("a", 8)).isTrue();
        budget.release("a", 8);
        assertThat(budget.tryAcquire("a", 9)).isFalse();
    }

    @Test
    void reserveIsForWorkers() {
        assertThat(budget.tryAcquire("a", 8)).isTrue();
        assertThat(budget.tryAcquire("b", 1)).isFalse();
        assertThat(budget.tryAcquire(SharedBudget.WORKERS, 2)).isTrue();
        assertThat(budget.tryAcquire(SharedBudget.WORKERS, 1)).isFalse();
    }

    @Test
    void releasedPermitsGoToTheFirstWaiter() {
        assertThat(budget.tryAcquire("a", 8)).isTrue();
        CompletableFuture<Void> first = waiting("b", 4);
        CompletableFuture<Void> second = waiting("c", 8);

        budget.release("a", 8);

        assertThat(first).succeedsWithin(LONG);
        assertThat(budget.tryAcquire("d", 4)).as("overtakes the second").isFalse();
        assertThat(second).isNotDone();
        budget.release("b", 4);
        assertThat(second).succeedsWithin(LONG);
    }

    @Test
    void waiterWithoutAShareLetsOthersPass() {
        assertThat(budget.tryAcquire("a", 4)).isTrue();
        CompletableFuture<Void> hog = waiting("a", 4);

        assertThat(budget.tryAcquire("b", 4)).isTrue();
        assertThat(hog).isNotDone();
        budget.release("a", 4);
        assertThat(hog).succeedsWithin(LONG);
    }
}
