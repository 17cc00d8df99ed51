package io.minimalcluster.master.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class JobWatchTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final JobId JOB = new JobId("job-1");

    private final JobWatch watch = new JobWatch();

    private static JobId job(int number) {
        return new JobId("job-" + number);
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void thousandsOfWaitsAreWokenAndLeaveNothing() throws InterruptedException {
        int waits = 10_000;
        CountDownLatch asked = new CountDownLatch(waits);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < waits; i++) {
            JobId job = job(i % 10);
            threads.add(Thread.startVirtualThread(() -> watch.awaitEnd(job, LONG, () -> {
                asked.countDown();
                return false;
            })));
        }
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.size()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            watch.ended(job(i));
        }
        join(threads);
        assertThat(watch.size()).isZero();
    }

    @Test
    void anEndIsNotMissedHoweverItFallsInWithTheWait() throws InterruptedException {
        for (int round = 0; round < 2_000; round++) {
            AtomicBoolean over = new AtomicBoolean();
            Thread wait = Thread.startVirtualThread(() -> watch.awaitEnd(JOB, LONG, over::get));
            over.set(true);
            watch.ended(JOB);
            wait.join();
        }
        assertThat(watch.size()).isZero();
    }

    @Test
    void closingEndsWaitsHoweverItFallsInWithThem() throws InterruptedException {
        for (int round = 0; round < 500; round++) {
            JobWatch closing = new JobWatch();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                JobId job = job(i);
                threads.add(Thread.startVirtualThread(() -> closing.awaitEnd(job, LONG, () -> false)));
            }
            closing.close();
            join(threads);
            assertThat(closing.size()).isZero();
        }
    }

    @Test
    void aWaitThatCannotAskOrIsInterruptedOrTimesOutLeavesNothing() throws InterruptedException {
        assertThatThrownBy(() -> watch.awaitEnd(JOB, LONG, () -> {
                    throw new IllegalStateException("no such job");
                }))
                .hasMessage("no such job");
        watch.awaitEnd(JOB, Duration.ofMillis(1), () -> false);
        watch.awaitEnd(JOB, LONG, () -> true);
        CountDownLatch asked = new CountDownLatch(1);
        Thread interrupted = Thread.startVirtualThread(() -> watch.awaitEnd(JOB, LONG, () -> {
            asked.countDown();
            return false;
        }));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        interrupted.interrupt();
        interrupted.join();
        assertThat(watch.size()).isZero();
    }
}
