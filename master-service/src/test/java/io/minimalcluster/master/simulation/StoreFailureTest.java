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
 * The store fails at statement N, for N from 1 on until the call has got through: who made it is told so or is told
 * that it is done, nothing is half done, and the same call again leaves what one call leaves.
 */
class StoreFailureTest {
    static final List<FailureScenario> SCENARIOS = FailureScenarios.all();
    private static final int MOST_STATEMENTS = 2_000;
    private static final int MOST_TRIES = 20;

    @TempDir
    Path folder;

    private final StatementFaults faults = new StatementFaults();
    private Store store;

    @BeforeEach
    void open() {
        LogSilencer.begin();
        store = TestStore.cheapIn(folder, faults);
    }

    @AfterEach
    void close() {
        store.close();
        LogSilencer.end();
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void aStatementThatIsNotRun(FailureScenario scenario) {
        forEachStatement(scenario, StatementFaults.Kind.BEFORE, false);
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void aStatementThatIsRunAndReportedAsFailed(FailureScenario scenario) {
        forEachStatement(scenario, StatementFaults.Kind.AFTER, false);
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void everyStatementFromOneOn(FailureScenario scenario) {
        forEachStatement(scenario, StatementFaults.Kind.BEFORE, true);
    }

    private void forEachStatement(FailureScenario scenario, StatementFaults.Kind kind, boolean forEver) {
        int number = 1;
        while (fails(scenario, number, kind, forEver)) {
            number++;
            assertThat(number).as("statements").isLessThan(MOST_STATEMENTS);
        }
        assertThat(number).as("statements").isGreaterThan(2);
    }

    /** Whether the statement of that number was there to fail. */
    private boolean fails(FailureScenario scenario, int number, StatementFaults.Kind kind, boolean forEver) {
        try {
            SingleWorkerCluster cluster = new SingleWorkerCluster(store);
            scenario.prepare().accept(cluster);
            cluster.look();
            faults.begin(number, kind, forEver);
            boolean answered = cluster.isAnswered(() -> scenario.call().make(cluster, false));
            boolean failed = faults.failures() > 0;
            if (failed && forEver) {
                assertThatThrownBy(() -> store.read(sql -> 1)).isInstanceOf(Unavailable.class);
                assertThatThrownBy(() -> store.writeAndWait(sql -> 1)).isInstanceOf(Unavailable.class);
            }
            faults.end();
            assertThat(answered || failed).as("refused without a failure").isTrue();
            lookAfter(scenario, cluster);
            if (!answered) {
                scenario.call().make(cluster, true);
                lookAfter(scenario, cluster);
            }
            cluster.settle();
            cluster.look();
            scenario.verify().accept(cluster);
            cluster.finish();
            return failed;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(scenario + ", statement " + number + ": " + e.getMessage(), e);
        } finally {
            faults.end();
        }
    }

    private static void lookAfter(FailureScenario scenario, SingleWorkerCluster cluster) {
        if (scenario.name().equals("retry")) {
            cluster.lookAfterRetry();
        } else {
            cluster.look();
        }
    }

    @ParameterizedTest
    @CsvSource({"40001", "40P01"})
    void everyThirdTransactionIsInTheWayOfAnother(String sqlState) {
        for (FailureScenario scenario : SCENARIOS) {
            SingleWorkerCluster cluster = new SingleWorkerCluster(store);
            scenario.prepare().accept(cluster);
            cluster.look();
            faults.collideEveryThirdTime(sqlState);
            int tries = 1;
            while (!again(cluster, scenario, tries > 1)) {
                assertThat(tries++).as(scenario.name()).isLessThan(MOST_TRIES);
            }
            faults.end();
            lookAfter(scenario, cluster);
            cluster.settle();
            cluster.look();
            scenario.verify().accept(cluster);
            cluster.finish();
        }
    }

    /** The store keeps the last part and says that it did not: who waits for the job hears of its end all the same. */
    @Test
    void repeatedLastPartNotifiesWaiters() throws InterruptedException {
        SingleWorkerCluster cluster = new SingleWorkerCluster(store);
        cluster.submit("[1,2,3]", false, JobOptions.builder().batchSize(3).build());
        cluster.look();
        PartInFlight last =
                cluster.whole(cluster.poll(cluster.worker(), "request", 1).getFirst());
        cluster.look();
        faults.keepNextCommitSecret();
        assertThat(cluster.isAnswered(() -> cluster.post(last))).isFalse();
        faults.end();
        cluster.look();
        assertThat(cluster.job().state()).isEqualTo("SUCCEEDED");
        try (JobSubscription subscription =
                cluster.master().results().watch().follow(cluster.job().seq())) {
            cluster.post(last);
            assertThat(subscription.await(Duration.ZERO)).as("woken").isTrue();
        }
    }

    private static boolean again(SingleWorkerCluster cluster, FailureScenario scenario, boolean again) {
        return cluster.isAnswered(() -> scenario.call().make(cluster, again));
    }
}
