package io.minimalcluster.master.job.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.WaitingPoll;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.StatementFaults;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.WorkerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class NotifyAfterUncertainCommitTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final StatementFaults faults = new StatementFaults();
    private final PollRegistry pollRegistry = new PollRegistry();
    private final JobSubscriptions subscriptions = new JobSubscriptions();
    private Store store;
    private NotifyAfterUncertainCommit notifier;

    @BeforeEach
    void open() {
        store = TestStore.nonDurableIn(folder, faults);
        notifier = new NotifyAfterUncertainCommit(store, pollRegistry, subscriptions);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write() {
        store.writeAndWait(sql -> sql.sql("delete from audit").update());
    }

    private WaitingPoll park() {
        WaitingPoll poll = pollRegistry.open(new WorkerId("worker-1"));
        pollRegistry.startWaiting(poll);
        return poll;
    }

    @Test
    void uncertainCommitNotifiesWaitingPolls() throws InterruptedException {
        WaitingPoll poll = park();
        faults.reportNextCommitAsFailed();
        assertThatThrownBy(this::write).isInstanceOf(MasterException.class);

        notifier.tick();

        assertThat(poll.await(LONG.toNanos())).isTrue();
    }

    @Test
    void rollbackNotifiesNoWaitingPolls() {
        park();
        faults.begin(1, StatementFaults.Kind.BEFORE, false);
        assertThatThrownBy(this::write).isInstanceOf(MasterException.class);
        write();

        notifier.tick();

        assertThat(pollRegistry.hasWaitingPolls()).isTrue();
    }

    @Test
    void uncertainCommitRechecksWaitingJobs() throws InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch checks = new CountDownLatch(2);
        Thread wait =
                Thread.startVirtualThread(() -> subscriptions.awaitEnd(new JobId("job-1"), LONG, _ -> true, () -> {
                    checks.countDown();
                    return ended.get();
                }));
        while (checks.getCount() > 0) {
            subscriptions.wakeAll();
            Thread.onSpinWait();
        }
        assertThat(wait.isAlive()).isTrue();
        ended.set(true);
        subscriptions.wakeAll();
        wait.join();
        assertThat(subscriptions.size()).isZero();
    }
}
