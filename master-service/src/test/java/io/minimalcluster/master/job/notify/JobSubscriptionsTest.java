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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class JobSubscriptionsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final JobId JOB = new JobId("job-1");
    private static final Predicate<String> OWNER = "owner"::equals;

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
            threads.add(Thread.startVirtualThread(() -> subscriptions.awaitEnd(job, LONG, OWNER, () -> {
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
            Thread wait = Thread.startVirtualThread(() -> subscriptions.awaitEnd(JOB, LONG, OWNER, ended::get));
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
                threads.add(Thread.startVirtualThread(() -> closing.awaitEnd(job, LONG, OWNER, () -> false)));
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
        assertThatThrownBy(() -> subscriptions.awaitEnd(JOB, LONG, OWNER, () -> {
                    throw new IllegalStateException("no such job");
                }))
                .hasMessage("no such job");
        subscriptions.awaitEnd(JOB, Duration.ofMillis(1), OWNER, () -> false);
        subscriptions.awaitEnd(JOB, LONG, OWNER, () -> true);
        CountDownLatch checked = new CountDownLatch(1);
        Thread interrupted = Thread.startVirtualThread(() -> subscriptions.awaitEnd(JOB, LONG, OWNER, () -> {
            checked.countDown();
            return false;
        }));
        assertThat(checked.await(10, TimeUnit.SECONDS)).isTrue();
        interrupted.interrupt();
        interrupted.join();
        assertThat(subscriptions.size()).isZero();
    }

    /** A wait without the store, as for a job that was just submitted. */
    @Test
    void newJobIsAwaitedWithoutReadingItsState() throws InterruptedException {
        subscriptions.queued(JOB, "owner");
        AtomicInteger reads = new AtomicInteger();
        Thread wait = Thread.startVirtualThread(
                () -> subscriptions.awaitEnd(JOB, LONG, OWNER, () -> reads.incrementAndGet() > 0));
        while (subscriptions.size() == 0) {
            Thread.onSpinWait();
        }

        subscriptions.ended(JOB);

        wait.join();
        assertThat(reads).hasValue(0);
    }

    @Test
    void stateOfANewJobIsReadForAnotherOwnerAfterItsEndAndAfterAnUncertainCommit() {
        AtomicInteger reads = new AtomicInteger();
        Runnable await = () -> subscriptions.awaitEnd(JOB, LONG, OWNER, () -> reads.incrementAndGet() > 0);

        subscriptions.queued(JOB, "another owner");
        await.run();
        assertThat(reads).hasValue(1);
        subscriptions.queued(JOB, "owner");
        subscriptions.endWaits(JOB);
        await.run();
        assertThat(reads).hasValue(2);
        subscriptions.queued(JOB, "owner");
        subscriptions.wakeAll();
        await.run();
        assertThat(reads).hasValue(3);
    }
}
