package io.minimalcluster.master.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInBudgetTest {
    private final AtomicLong nanos = new AtomicLong(7);
    private final SignInBudget budget = new SignInBudget(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void failUntilItHasToWait(String address) {
        for (int i = 0; i < SignInBudget.AT_ONCE; i++) {
            assertThat(budget.waitOf(address)).isZero();
            budget.failed(address);
        }
        assertThat(budget.waitOf(address)).isEqualTo(SignInBudget.EACH);
    }

    @Test
    void anAddressMayFailSomeTimesAndThenOnceInAWhile() {
        failUntilItHasToWait("a");

        pass(SignInBudget.EACH.minusMillis(1));
        assertThat(budget.waitOf("a")).isEqualTo(Duration.ofMillis(1));
        pass(Duration.ofMillis(1));
        assertThat(budget.waitOf("a")).isZero();
        budget.failed("a");
        assertThat(budget.waitOf("a")).isEqualTo(SignInBudget.EACH);
    }

    @Test
    void anotherAddressIsNotHeldUp() {
        failUntilItHasToWait("a");

        assertThat(budget.waitOf("b")).isZero();
    }

    @Test
    void afterALongTimeAllIsForgotten() {
        failUntilItHasToWait("a");

        pass(Duration.ofHours(1));

        failUntilItHasToWait("a");
    }

    @Test
    void onlySoManyAddressesAreRememberedAndTheLastOnesAreAmongThem() {
        failUntilItHasToWait("first");
        for (int i = 0; i < SignInBudget.ADDRESSES - 1; i++) {
            budget.failed("address " + i);
        }
        assertThat(budget.waitOf("first")).isPositive();

        budget.failed("one more");

        assertThat(budget.waitOf("first")).isZero();
    }
}
