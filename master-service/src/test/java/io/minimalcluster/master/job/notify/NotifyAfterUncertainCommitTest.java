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
    private NotifyAfterUncertainCommit doubt;

    @BeforeEach
    void open() {
        store = TestStore.cheapIn(folder, faults);
        doubt = new NotifyAfterUncertainCommit(store, pollRegistry, subscriptions);
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
        faults.keepNextCommitSecret();
        assertThatThrownBy(this::write).isInstanceOf(MasterException.class);

        doubt.tick();

        assertThat(poll.await(LONG.toNanos())).isTrue();
    }

    @Test
    void rolledBackCommitNotifiesNobody() {
        park();
        faults.begin(1, StatementFaults.Kind.BEFORE, false);
        assertThatThrownBy(this::write).isInstanceOf(MasterException.class);
        write();

        doubt.tick();

        assertThat(pollRegistry.hasWaitingPolls()).isTrue();
    }

    @Test
    void uncertainCommitRechecksWaitingJobs() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch looked = new CountDownLatch(2);
        Thread wait = Thread.startVirtualThread(() -> subscriptions.awaitEnd(new JobId("job-1"), LONG, () -> {
            looked.countDown();
            return over.get();
        }));
        while (looked.getCount() > 0) {
            subscriptions.lookAgain();
            Thread.onSpinWait();
        }
        assertThat(wait.isAlive()).isTrue();
        over.set(true);
        subscriptions.lookAgain();
        wait.join();
        assertThat(subscriptions.size()).isZero();
    }
}
