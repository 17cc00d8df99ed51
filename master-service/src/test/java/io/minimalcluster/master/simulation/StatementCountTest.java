package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.StatementFaults;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.worker.PollRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Number of statements that a job of one task costs, begin and commit included. Small jobs spend most of their time in
 * them. A change that needs more has to justify them.
 */
class StatementCountTest {
    @TempDir
    Path folder;

    private final StatementFaults statements = new StatementFaults();
    private Store store;
    private SingleWorkerCluster cluster;

    @BeforeEach
    void open() {
        store = TestStore.nonDurableIn(folder, statements);
        cluster = new SingleWorkerCluster(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private int count(Runnable call) {
        statements.count();
        call.run();
        int count = statements.statements();
        statements.end();
        return count;
    }

    @Test
    void submissionTakesAtMost11() {
        assertThat(count(() -> cluster.submit("[1]", false, JobOptions.DEFAULTS)))
                .isLessThanOrEqualTo(11);
    }

    @Test
    void pollWithABatchTakesAtMost9() {
        cluster.poll(cluster.worker(), "first", 1); // caches the capabilities of the worker
        cluster.submit("[1]", false, JobOptions.DEFAULTS);
        assertThat(count(() -> cluster.poll(cluster.worker(), "poll", 1))).isLessThanOrEqualTo(9);
    }

    @Test
    void pollWithoutABatchTakesAtMost4() {
        cluster.poll(cluster.worker(), "first", 1); // caches the capabilities of the worker
        assertThat(count(() -> cluster.poll(cluster.worker(), "poll", 1))).isLessThanOrEqualTo(4);
    }

    /** A worker polls after each small batch, and a write to the disk for each poll would double the cost. */
    @Test
    void pollWithoutABatchWritesNothing() {
        cluster.poll(cluster.worker(), "first", 1);
        long log = store.logBytes();

        cluster.poll(cluster.worker(), "poll", 1);

        assertThat(store.logBytes()).isEqualTo(log);
    }

    /** The next poll of a worker that has just got all there is. */
    @Test
    void pollAfterABatchTakesNone() {
        cluster.submit("[1]", false, JobOptions.DEFAULTS);
        SimulatedLease lease = cluster.poll(cluster.worker(), "poll", 2).getFirst();
        PollRequest next = new PollRequest("next", 1, List.of(lease.lease().id()));

        assertThat(count(() -> cluster.master().workers().poll(cluster.worker(), next)))
                .isZero();
    }

    @Test
    void pollAfterABatchFindsAJobSubmittedMeanwhile() {
        cluster.submit("[1]", false, JobOptions.DEFAULTS);
        SimulatedLease lease = cluster.poll(cluster.worker(), "poll", 2).getFirst();
        cluster.master().jobs().submit("[2]", false, JobOptions.DEFAULTS, (sql, id) -> {});

        PollRequest next = new PollRequest("next", 1, List.of(lease.lease().id()));

        assertThat(cluster.master().workers().poll(cluster.worker(), next).leases())
                .hasSize(1);
    }

    @Test
    void jobOfOneTaskTakes3Commits() {
        long commits = store.statistics().commits();
        cluster.submit("[1]", false, JobOptions.DEFAULTS);
        List<SimulatedLease> leases = cluster.poll(cluster.worker(), "poll", 1);
        cluster.post(cluster.whole(leases.getFirst()));

        assertThat(store.statistics().commits() - commits).isEqualTo(3);
    }

    @Test
    void lastResultTakesAtMost7() {
        cluster.submit("[1]", false, JobOptions.DEFAULTS);
        List<SimulatedLease> leases = cluster.poll(cluster.worker(), "poll", 1);
        cluster.check();
        assertThat(count(() -> cluster.post(cluster.whole(leases.getFirst())))).isLessThanOrEqualTo(7);
    }
}
