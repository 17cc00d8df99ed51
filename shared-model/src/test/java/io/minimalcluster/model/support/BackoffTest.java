package io.minimalcluster.model.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 2, new Random(7));

    @Test
    void backoffGrowsToItsMaximumWithJitter() {
        long due = 100;
        for (int i = 0; i < 10; i++) {
            assertThat(backoff.next().toMillis()).isBetween(due / 2, due);
            due = Math.min(1000, due * 2);
        }
    }

    @Test
    void slowlyGrowingPausesAreShortComparedToTheElapsedTime() {
        Backoff slow = new Backoff(Duration.ofMillis(25), Duration.ofSeconds(5), 1.125, new Random(7));
        long waited = 0;
        for (int i = 0; i < 30; i++) {
            long pause = slow.next().toMillis();
            assertThat(pause).isLessThanOrEqualTo(25 + waited / 3);
            waited += pause;
        }
        assertThat(slow.isLongest()).isFalse();
        assertThat(waited).isGreaterThan(3000);
    }

    @Test
    void resetStartsOver() {
        for (int i = 0; i < 5; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next().toMillis()).isBetween(50L, 100L);
    }

    @Test
    void retriesAfterAnOutageAreSpread() {
        int[] retries = new int[10]; // retries in each tenth of the longest pause
        for (int seed = 0; seed < 1000; seed++) {
            Backoff own = new Backoff(Duration.ofMillis(25), Duration.ofSeconds(5), 2, new Random(seed));
            long outage = Duration.ofSeconds(30).toMillis();
            long next = 0;
            while (next < outage) {
                next += own.next().toMillis();
            }
            retries[(int) ((next - outage) / 500)]++;
        }
        assertThat(Arrays.stream(retries).max().orElseThrow()).isLessThan(250);
    }

    @Test
    void oneSeedGivesTheSamePausesAgain() {
        Backoff same = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 2, new Random(7));
        for (int i = 0; i < 10; i++) {
            assertThat(backoff.next()).isEqualTo(same.next());
        }
    }

    @Test
    void startedPauseEndsAfterItsTimeOrByAReset() {
        Backoff hour = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
        assertThat(hour.isPausing()).isFalse();
        hour.startPause();
        assertThat(hour.isPausing()).isTrue();
        hour.reset();
        assertThat(hour.isPausing()).isFalse();

        Backoff none = new Backoff(Duration.ZERO, Duration.ZERO);
        none.startPause();
        assertThat(none.isPausing()).isFalse();
    }

    @Test
    void pauseHasTheRequestedMinimum() {
        assertThat(backoff.next(Duration.ofSeconds(9)).toMillis()).isBetween(9000L, 13_500L);
    }
}
