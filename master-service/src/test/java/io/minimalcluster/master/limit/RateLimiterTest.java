package io.minimalcluster.master.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final int BURST = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(6);
    private static final int KEYS = 3;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE); // the next value overflows
    private final RateLimiter limiter = new RateLimiter(BURST, INTERVAL, KEYS, nanos::get);

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private long takeAll(String key) {
        return IntStream.range(0, 1_000).filter(_ -> limiter.tryTake(key)).count();
    }

    @Test
    void tokensAfterABurstAreLimitedToAFixedRate() {
        assertThat(limiter.waitOf("a")).isZero();
        assertThat(takeAll("a")).isEqualTo(BURST);
        assertThat(limiter.waitOf("a")).isEqualTo(INTERVAL);

        advance(INTERVAL.minusMillis(1));
        assertThat(limiter.tryTake("a")).isFalse();
        assertThat(limiter.waitOf("a")).isEqualTo(Duration.ofMillis(1));

        advance(Duration.ofMillis(1));
        assertThat(limiter.tryTake("a")).isTrue();
        assertThat(limiter.waitOf("a")).isEqualTo(INTERVAL);
    }

    @Test
    void tokenTakenFromAnEmptyBucketProlongsTheWait() {
        takeAll("a");
        limiter.take("a");
        assertThat(limiter.waitOf("a")).isEqualTo(INTERVAL.multipliedBy(2));
    }

    @Test
    void severalTokensAreTakenAtOnce() {
        limiter.take("a", BURST + 2);
        assertThat(limiter.used("a")).isEqualTo(INTERVAL.multipliedBy(BURST + 2));
        assertThat(limiter.waitOf("a")).isEqualTo(INTERVAL.multipliedBy(3));
    }

    @Test
    void keysHaveSeparateBuckets() {
        takeAll("a");
        assertThat(takeAll("b")).isEqualTo(BURST);
    }

    @Test
    void unusedBucketHoldsOneBurst() {
        takeAll("a");
        advance(Duration.ofHours(1));
        assertThat(takeAll("a")).isEqualTo(BURST);
    }

    @Test
    void keysAreBoundedAndTheLeastRecentlyUsedIsForgotten() {
        takeAll("first");
        for (int i = 1; i < KEYS; i++) {
            limiter.take("key " + i);
        }
        assertThat(limiter.waitOf("first")).isPositive();

        for (int i = 0; i < KEYS; i++) {
            limiter.take("new key " + i);
        }

        assertThat(limiter.waitOf("first")).isZero();
    }
}
