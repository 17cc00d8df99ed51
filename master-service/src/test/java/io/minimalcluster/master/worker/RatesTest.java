package io.minimalcluster.master.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.WorkerId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final WorkerId ONE = new WorkerId("worker-1");

    private final AtomicLong now = new AtomicLong(-TimeUnit.SECONDS.toNanos(3));
    private final Rates rates = new Rates(now::get);

    @Test
    void countsWhatWasDoneInTheLastSeconds() {
        rates.done(ONE, 50);
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
        rates.done(ONE, 50);
        rates.done(new WorkerId("worker-2"), 10);

        assertThat(rates.of(ONE)).isEqualTo(10);
        assertThat(rates.ofAll()).isEqualTo(11);
        assertThat(rates.of(new WorkerId("worker-3"))).isZero();

        now.addAndGet(TimeUnit.SECONDS.toNanos(9));
        assertThat(rates.of(ONE)).isEqualTo(5);

        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(rates.of(ONE)).isZero();
        assertThat(rates.ofAll()).isZero();
    }
}
