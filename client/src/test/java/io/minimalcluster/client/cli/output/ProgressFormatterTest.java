package io.minimalcluster.client.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressFormatterTest {
    @Test
    void progressShowsShareCountsRateAndRemainingTime() {
        assertThat(ProgressFormatter.of(running(310_000, 0, null), 410_000))
                .isEqualTo(" 31 %  310,000 of 1,000,000  410,000/s  1.7 s left");
    }

    @Test
    void remainingTimeIsTheMastersEstimate() {
        assertThat(ProgressFormatter.of(running(310_000, 2, 200.0), 410_000))
                .isEqualTo(" 31 %  310,002 of 1,000,000  2 failed  410,000/s  3 min 20 s left");
    }

    @Test
    void remainingTimeIsOmittedBelowOnePercent() {
        assertThat(ProgressFormatter.of(running(24, 0, 260_000.0), 3.8)).isEqualTo("  0 %  24 of 1,000,000  3.8/s");
    }

    @Test
    void queuedJobShowsItsReason() {
        Job queued = job(JobState.QUEUED, "no worker is there", new TaskCounts(10, 10, 0, 0, 0, 0), 0, null);

        assertThat(ProgressFormatter.of(queued, 0)).isEqualTo("  0 %  0 of 10  no worker is there");
    }

    @Test
    void jobWithoutTasksIsComplete() {
        assertThat(ProgressFormatter.share(new TaskCounts(0, 0, 0, 0, 0, 0))).isOne();
    }

    @Test
    void durationsAreFormattedWithUnits() {
        assertThat(ProgressFormatter.time(Duration.ofMillis(350))).isEqualTo("0.4 s");
        assertThat(ProgressFormatter.time(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(ProgressFormatter.time(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(ProgressFormatter.time(Duration.ofMinutes(303))).isEqualTo("5 h 3 min");
    }

    @ParameterizedTest
    @CsvSource({"-5,0s", "45,45s", "59,59s", "720,12m", "10800,3h", "18180,5h3m", "36000,10h", "172800,2d"})
    void ageHasOneUnitOrTwo(long seconds, String age) {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");

        assertThat(ProgressFormatter.age(now.minusSeconds(seconds), now)).isEqualTo(age);
    }

    @Test
    void rateIsMeasuredUntilTheMasterReportsOne() {
        AtomicLong clock = new AtomicLong();
        ProgressDisplay progress = new ProgressDisplay(System.out, false, clock::get);

        assertThat(progress.rate(running(100, 0, null))).isZero();
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(progress.rate(running(300, 0, null))).isEqualTo(100);
        assertThat(progress.rate(job(JobState.RUNNING, null, new TaskCounts(10, 5, 0, 5, 0, 0), 7, null)))
                .isEqualTo(7);
    }

    @Test
    void controlCharactersAreReplaced() {
        assertThat(Output.printable("red \033[31m bell \007")).doesNotContain("\033", "\007");
    }

    private static Job running(long succeeded, long failed, @Nullable Double eta) {
        long pending = 1_000_000 - succeeded - failed;
        return job(JobState.RUNNING, null, new TaskCounts(1_000_000, pending, 0, succeeded, failed, 0), 0, eta);
    }

    private static Job job(
            JobState state, @Nullable String reason, TaskCounts tasks, double throughput, @Nullable Double eta) {
        return new Job(
                new JobId("job-1"),
                null,
                null,
                "square(long)",
                new EnvironmentId("env-1"),
                state,
                reason,
                tasks,
                throughput,
                eta,
                Instant.EPOCH,
                null,
                null,
                "authkey",
                JobOptions.DEFAULTS,
                null);
    }
}
