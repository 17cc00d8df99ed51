package io.minimalcluster.master.job.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class JobSubscriptionsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final JobId JOB = new JobId("job-1");

    private final JobSubscriptions subscriptions = new JobSubscriptions();

    private static JobId job(int number) {
        return new JobId("job-" + number);
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void endsWakeThousandsOfWaitsAndRemoveTheSubscriptions() throws InterruptedException {
        int waits = 10_000;
        CountDownLatch checked = new CountDownLatch(waits);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < waits; i++) {
            JobId job = job(i % 10);
            threads.add(Thread.startVirtualThread(() -> subscriptions.awaitEnd(job, LONG, () -> {
                checked.countDown();
                return false;
            })));
        }
        assertThat(checked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(subscriptions.size()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            subscriptions.ended(job(i));
        }
        join(threads);
        assertThat(subscriptions.size()).isZero();
    }

    @Test
    void endConcurrentWithTheStartOfAWaitIsNotMissed() throws InterruptedException {
        for (int round = 0; round < 2_000; round++) {
            AtomicBoolean ended = new AtomicBoolean();
            Thread wait = Thread.startVirtualThread(() -> subscriptions.awaitEnd(JOB, LONG, ended::get));
            ended.set(true);
            subscriptions.ended(JOB);
            wait.join();
        }
        assertThat(subscriptions.size()).isZero();
    }

    @Test
    void closeConcurrentWithTheStartOfAWaitEndsTheWait() throws InterruptedException {
        for (int round = 0; round < 500; round++) {
            JobSubscriptions closing = new JobSubscriptions();
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
    void closeEndsAWaitForIt() throws InterruptedException {
        CompletableFuture<Boolean> waited = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                waited.complete(subscriptions.awaitClosing(LONG));
            } catch (InterruptedException e) {
                waited.completeExceptionally(e);
            }
        });
        assertThat(subscriptions.awaitClosing(Duration.ZERO)).isFalse();

        subscriptions.close();

        assertThat(waited.join()).isTrue();
        assertThat(subscriptions.awaitClosing(LONG)).isTrue();
    }

    @Test
    void failedInterruptedOrTimedOutWaitRemovesItsSubscription() throws InterruptedException {
        assertThatThrownBy(() -> subscriptions.awaitEnd(JOB, LONG, () -> {
                    throw new IllegalStateException("no such job");
                }))
                .hasMessage("no such job");
        subscriptions.awaitEnd(JOB, Duration.ofMillis(1), () -> false);
        subscriptions.awaitEnd(JOB, LONG, () -> true);
        CountDownLatch checked = new CountDownLatch(1);
        Thread interrupted = Thread.startVirtualThread(() -> subscriptions.awaitEnd(JOB, LONG, () -> {
            checked.countDown();
            return false;
        }));
        assertThat(checked.await(10, TimeUnit.SECONDS)).isTrue();
        interrupted.interrupt();
        interrupted.join();
        assertThat(subscriptions.size()).isZero();
    }
}
