package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmupTest {
    @Test
    void runsEveryStep() {
        AtomicInteger steps = new AtomicInteger();

        new Warmup().runWhile(() -> steps.incrementAndGet() > 0);

        assertThat(steps).hasValue(5);
    }
}
