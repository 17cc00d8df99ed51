package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.job.notify.JobSubscription;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.StatementFaults;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.job.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Store failures at every statement N of every call. The caller gets an error or a success, no call is applied partly,
 * and a repeated call has the effect of one call.
 */
class StoreFailureTest {
    static final List<FailureScenario> SCENARIOS = FailureScenarios.all();
    private static final int MAX_STATEMENTS = 2_000;
    private static final int MAX_TRIES = 20;

    @TempDir
    Path folder;

    private final StatementFaults faults = new StatementFaults();
    private Store store;

    @BeforeEach
    void open() {
        LogSilencer.begin();
        store = TestStore.nonDurableIn(folder, faults);
    }

    @AfterEach
    void close() {
        store.close();
        LogSilencer.end();
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void failureBeforeAStatementIsAtomic(FailureScenario scenario) {
        forEachStatement(scenario, StatementFaults.Kind.BEFORE, false);
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void failureAfterAStatementIsAtomic(FailureScenario scenario) {
        forEachStatement(scenario, StatementFaults.Kind.AFTER, false);
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void permanentFailureIsAtomic(FailureScenario scenario) {
        forEachStatement(scenario, StatementFaults.Kind.BEFORE, true);
    }

    private void forEachStatement(FailureScenario scenario, StatementFaults.Kind kind, boolean forEver) {
        int number = 1;
        while (fails(scenario, number, kind, forEver)) {
            number++;
            assertThat(number).as("statements").isLessThan(MAX_STATEMENTS);
        }
        assertThat(number).as("statements").isGreaterThan(2); // at least the begin and the commit
    }

    /** Runs the scenario and returns false if it ended before statement {@code number}. */
    private boolean fails(FailureScenario scenario, int number, StatementFaults.Kind kind, boolean forEver) {
        try {
            SingleWorkerCluster cluster = new SingleWorkerCluster(store);
            scenario.prepare().accept(cluster);
            cluster.check();
            faults.begin(number, kind, forEver);
            boolean answered = cluster.isAnswered(() -> scenario.call().make(cluster, false));
            boolean failed = faults.failures() > 0;
            if (failed && forEver) {
                assertThatThrownBy(() -> store.read(sql -> 1)).isInstanceOf(Unavailable.class);
                assertThatThrownBy(() -> store.writeAndWait(sql -> 1)).isInstanceOf(Unavailable.class);
            }
            faults.end();
            assertThat(answered || failed)
                    .as("rejected without an injected failure")
                    .isTrue();
            checkAfter(scenario, cluster);
            if (!answered) {
                scenario.call().make(cluster, true);
                checkAfter(scenario, cluster);
            }
            cluster.settle();
            cluster.check();
            scenario.verify().accept(cluster);
            cluster.finish();
            return failed;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(scenario + ", statement " + number + ": " + e.getMessage(), e);
        } finally {
            faults.end();
        }
    }

    private static void checkAfter(FailureScenario scenario, SingleWorkerCluster cluster) {
        if (scenario.name().equals("retry")) {
            cluster.checkAfterRetry();
        } else {
            cluster.check();
        }
    }

    @ParameterizedTest
    @CsvSource({"40001", "40P01"})
    void serializationConflictsAreRetried(String sqlState) {
        for (FailureScenario scenario : SCENARIOS) {
            SingleWorkerCluster cluster = new SingleWorkerCluster(store);
            scenario.prepare().accept(cluster);
            cluster.check();
            faults.failEveryThirdCommit(sqlState);
            int tries = 1;
            while (!isAnswered(cluster, scenario, tries > 1)) {
                assertThat(tries++).as(scenario.name()).isLessThan(MAX_TRIES);
            }
            faults.end();
            checkAfter(scenario, cluster);
            cluster.settle();
            cluster.check();
            scenario.verify().accept(cluster);
            cluster.finish();
        }
    }

    /** The commit of the last part is reported as failed. The repeated part still notifies waiting callers. */
    @Test
    void repeatedLastPartNotifiesWaiters() throws InterruptedException {
        SingleWorkerCluster cluster = new SingleWorkerCluster(store);
        cluster.submit("[1,2,3]", false, JobOptions.builder().batchSize(3).build());
        cluster.check();
        PartInFlight last =
                cluster.whole(cluster.poll(cluster.worker(), "request", 1).getFirst());
        cluster.check();
        faults.reportNextCommitAsFailed();
        assertThat(cluster.isAnswered(() -> cluster.post(last))).isFalse();
        faults.end();
        cluster.check();
        assertThat(cluster.job().state()).isEqualTo("SUCCEEDED");
        try (JobSubscription subscription =
                cluster.master().results().subscriptions().follow(cluster.job().seq())) {
            cluster.post(last);
            assertThat(subscription.await(Duration.ZERO)).as("notified").isTrue();
        }
    }

    private static boolean isAnswered(SingleWorkerCluster cluster, FailureScenario scenario, boolean again) {
        return cluster.isAnswered(() -> scenario.call().make(cluster, again));
    }
}
