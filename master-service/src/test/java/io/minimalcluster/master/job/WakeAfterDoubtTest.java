package io.minimalcluster.master.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.problem.MasterException;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestStore;
import io.minimalcluster.master.store.Trouble;
import io.minimalcluster.master.work.ParkedPoll;
import io.minimalcluster.master.work.WorkBell;
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
class WakeAfterDoubtTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final Trouble trouble = new Trouble();
    private final WorkBell bell = new WorkBell();
    private final JobWatch watch = new JobWatch();
    private Store store;
    private WakeAfterDoubt doubt;

    @BeforeEach
    void open() {
        store = TestStore.cheapIn(folder, trouble);
        doubt = new WakeAfterDoubt(store, bell, watch);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void write() {
        store.writeAndWait(sql -> sql.sql("delete from audit").update());
    }

    private ParkedPoll park() {
        ParkedPoll poll = bell.open(new WorkerId("worker-1"));
        bell.park(poll);
        return poll;
    }

    @Test
    void aCommitKeptInSecretWakesWhoWaitsForWork() throws InterruptedException {
        ParkedPoll poll = park();
        trouble.keepNextCommitSecret();
        assertThatThrownBy(this::write).isInstanceOf(MasterException.class);

        doubt.tick();

        assertThat(poll.await(LONG.toNanos())).isTrue();
    }

    @Test
    void whatSurelyDidNotHappenWakesNobody() {
        park();
        trouble.begin(1, Trouble.Kind.BEFORE, false);
        assertThatThrownBy(this::write).isInstanceOf(MasterException.class);
        write();

        doubt.tick();

        assertThat(bell.isAnyHungry()).isTrue();
    }

    @Test
    void whoWaitsForAJobLooksAgainAndWaitsOnUnlessItIsOver() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch looked = new CountDownLatch(2);
        Thread wait = Thread.startVirtualThread(() -> watch.awaitEnd(new JobId("job-1"), LONG, () -> {
            looked.countDown();
            return over.get();
        }));
        while (looked.getCount() > 0) {
            watch.lookAgain();
            Thread.onSpinWait();
        }
        assertThat(wait.isAlive()).isTrue();
        over.set(true);
        watch.lookAgain();
        wait.join();
        assertThat(watch.size()).isZero();
    }
}
