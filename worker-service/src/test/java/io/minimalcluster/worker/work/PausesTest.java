package io.minimalcluster.worker.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PausesTest {
    private final Pauses pauses = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(1), new Random(7));

    @Test
    void growToTheLongestAndNeverBelowHalfOfWhatIsDue() {
        long due = 100;
        for (int i = 0; i < 10; i++) {
            assertThat(pauses.next().toMillis()).isBetween(due / 2, due);
            due = Math.min(1000, due * 2);
        }
    }

    @Test
    void startOverAfterASuccess() {
        for (int i = 0; i < 5; i++) {
            pauses.next();
        }
        pauses.reset();
        assertThat(pauses.next().toMillis()).isBetween(50L, 100L);
    }

    @Test
    void lastAtLeastAsLongAsAsked() {
        assertThat(pauses.next(Duration.ofSeconds(9)).toMillis()).isBetween(9000L, 13_500L);
    }
}
