package io.minimalcluster.master.security.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInRateLimiterTest {
    private final AtomicLong nanos = new AtomicLong(7);
    private final SignInRateLimiter rateLimiter = new SignInRateLimiter(nanos::get);

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void failUntilLimited(String address) {
        for (int i = 0; i < SignInRateLimiter.AT_ONCE; i++) {
            assertThat(rateLimiter.waitOf(address)).isZero();
            rateLimiter.failed(address);
        }
        assertThat(rateLimiter.waitOf(address)).isEqualTo(SignInRateLimiter.EACH);
    }

    @Test
    void failuresAfterABurstAreLimitedToAFixedRate() {
        failUntilLimited("a");

        advance(SignInRateLimiter.EACH.minusMillis(1));
        assertThat(rateLimiter.waitOf("a")).isEqualTo(Duration.ofMillis(1));
        advance(Duration.ofMillis(1));
        assertThat(rateLimiter.waitOf("a")).isZero();
        rateLimiter.failed("a");
        assertThat(rateLimiter.waitOf("a")).isEqualTo(SignInRateLimiter.EACH);
    }

    @Test
    void otherAddressIsNotLimited() {
        failUntilLimited("a");

        assertThat(rateLimiter.waitOf("b")).isZero();
    }

    @Test
    void burstIsAvailableAgainAfterALongTime() {
        failUntilLimited("a");

        advance(Duration.ofHours(1));

        failUntilLimited("a");
    }

    @Test
    void trackedAddressesAreBoundedAndTheOldestIsEvicted() {
        failUntilLimited("first");
        for (int i = 0; i < SignInRateLimiter.ADDRESSES - 1; i++) {
            rateLimiter.failed("address " + i);
        }
        assertThat(rateLimiter.waitOf("first")).isPositive();

        rateLimiter.failed("one more");

        assertThat(rateLimiter.waitOf("first")).isZero();
    }
}
