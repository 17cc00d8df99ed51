package io.minimalcluster.master.security.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInRateLimiterTest {
    private final AtomicLong nanos = new AtomicLong(7);
    private final SignInRateLimiter rateLimiter = new SignInRateLimiter(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void failUntilItHasToWait(String address) {
        for (int i = 0; i < SignInRateLimiter.AT_ONCE; i++) {
            assertThat(rateLimiter.waitOf(address)).isZero();
            rateLimiter.failed(address);
        }
        assertThat(rateLimiter.waitOf(address)).isEqualTo(SignInRateLimiter.EACH);
    }

    @Test
    void anAddressMayFailSomeTimesAndThenOnceInAWhile() {
        failUntilItHasToWait("a");

        pass(SignInRateLimiter.EACH.minusMillis(1));
        assertThat(rateLimiter.waitOf("a")).isEqualTo(Duration.ofMillis(1));
        pass(Duration.ofMillis(1));
        assertThat(rateLimiter.waitOf("a")).isZero();
        rateLimiter.failed("a");
        assertThat(rateLimiter.waitOf("a")).isEqualTo(SignInRateLimiter.EACH);
    }

    @Test
    void anotherAddressIsNotHeldUp() {
        failUntilItHasToWait("a");

        assertThat(rateLimiter.waitOf("b")).isZero();
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
        for (int i = 0; i < SignInRateLimiter.ADDRESSES - 1; i++) {
            rateLimiter.failed("address " + i);
        }
        assertThat(rateLimiter.waitOf("first")).isPositive();

        rateLimiter.failed("one more");

        assertThat(rateLimiter.waitOf("first")).isZero();
    }
}
