package io.minimalcluster.master.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RefusalRateLimiterTest {
    private final AtomicLong now = new AtomicLong(5);
    private final RefusalRateLimiter rateLimiter = new RefusalRateLimiter(now::get);

    @Test
    void floodIsSampledAndFullyCounted() {
        long written = LongStream.range(0, 10_000)
                .map(_ -> rateLimiter.spend())
                .filter(times -> times > 0)
                .count();
        assertThat(written).isEqualTo(RefusalRateLimiter.AT_ONCE);

        now.addAndGet(RefusalRateLimiter.EACH.toNanos());

        assertThat(rateLimiter.spend()).isEqualTo(10_000 - RefusalRateLimiter.AT_ONCE + 1);
        assertThat(rateLimiter.spend()).isZero();
    }

    @Test
    void unusedBudgetIsCapped() {
        now.addAndGet(1_000 * RefusalRateLimiter.EACH.toNanos());

        assertThat(LongStream.range(0, 1_000)
                        .filter(_ -> rateLimiter.spend() > 0)
                        .count())
                .isEqualTo(RefusalRateLimiter.AT_ONCE);
    }
}
