package io.minimalcluster.master.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.WorkerId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TaskRatesTest {
    private static final WorkerId ONE = new WorkerId("worker-1");

    private final AtomicLong now = new AtomicLong(-TimeUnit.SECONDS.toNanos(3));
    private final TaskRates taskRates = new TaskRates(now::get);

    @Test
    void rateCountsTheLastSeconds() {
        taskRates.done(ONE, 50);
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
        taskRates.done(ONE, 50);
        taskRates.done(new WorkerId("worker-2"), 10);

        assertThat(taskRates.of(ONE)).isEqualTo(10);
        assertThat(taskRates.ofAll()).isEqualTo(11);
        assertThat(taskRates.of(new WorkerId("worker-3"))).isZero();

        now.addAndGet(TimeUnit.SECONDS.toNanos(9));
        assertThat(taskRates.of(ONE)).isEqualTo(5);

        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(taskRates.of(ONE)).isZero();
        assertThat(taskRates.ofAll()).isZero();
    }
}
