package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.job.Follower;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestStore;
import io.minimalcluster.master.store.Trouble;
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
class StoreTroubleTest {
    static final List<Scenario> SCENARIOS = Scenarios.all();
    private static final int MOST_STATEMENTS = 2_000;
    private static final int MOST_TRIES = 20;

    @TempDir
    Path folder;

    private final Trouble trouble = new Trouble();
    private Store store;

    @BeforeEach
    void open() {
        QuietLogs.begin();
        store = TestStore.cheapIn(folder, trouble);
    }

    @AfterEach
    void close() {
        store.close();
        QuietLogs.end();
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void aStatementThatIsNotRun(Scenario scenario) {
        forEachStatement(scenario, Trouble.Kind.BEFORE, false);
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void aStatementThatIsRunAndReportedAsFailed(Scenario scenario) {
        forEachStatement(scenario, Trouble.Kind.AFTER, false);
    }

    @ParameterizedTest
    @FieldSource("SCENARIOS")
    void everyStatementFromOneOn(Scenario scenario) {
        forEachStatement(scenario, Trouble.Kind.BEFORE, true);
    }

    private void forEachStatement(Scenario scenario, Trouble.Kind kind, boolean forEver) {
        int number = 1;
        while (fails(scenario, number, kind, forEver)) {
            number++;
            assertThat(number).as("statements").isLessThan(MOST_STATEMENTS);
        }
        assertThat(number).as("statements").isGreaterThan(2);
    }

    /** Whether the statement of that number was there to fail. */
    private boolean fails(Scenario scenario, int number, Trouble.Kind kind, boolean forEver) {
        try {
            Cluster cluster = new Cluster(store);
            scenario.prepare().accept(cluster);
            cluster.look();
            trouble.begin(number, kind, forEver);
            boolean answered = cluster.isAnswered(() -> scenario.call().make(cluster, false));
            boolean failed = trouble.failures() > 0;
            if (failed && forEver) {
                assertThatThrownBy(() -> store.read(sql -> 1)).isInstanceOf(Unavailable.class);
                assertThatThrownBy(() -> store.writeAndWait(sql -> 1)).isInstanceOf(Unavailable.class);
            }
            trouble.end();
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
            trouble.end();
        }
    }

    private static void lookAfter(Scenario scenario, Cluster cluster) {
        if (scenario.name().equals("retry")) {
            cluster.lookAfterRetry();
        } else {
            cluster.look();
        }
    }

    @ParameterizedTest
    @CsvSource({"40001", "40P01"})
    void everyThirdTransactionIsInTheWayOfAnother(String sqlState) {
        for (Scenario scenario : SCENARIOS) {
            Cluster cluster = new Cluster(store);
            scenario.prepare().accept(cluster);
            cluster.look();
            trouble.collideEveryThirdTime(sqlState);
            int tries = 1;
            while (!again(cluster, scenario, tries > 1)) {
                assertThat(tries++).as(scenario.name()).isLessThan(MOST_TRIES);
            }
            trouble.end();
            lookAfter(scenario, cluster);
            cluster.settle();
            cluster.look();
            scenario.verify().accept(cluster);
            cluster.finish();
        }
    }

    /** The store keeps the last part and says that it did not: who waits for the job hears of its end all the same. */
    @Test
    void whoWaitsIsToldWhenTheLastPartComesAgain() throws InterruptedException {
        Cluster cluster = new Cluster(store);
        cluster.submit("[1,2,3]", false, JobOptions.builder().batchSize(3).build());
        cluster.look();
        Posting last =
                cluster.whole(cluster.poll(cluster.worker(), "request", 1).getFirst());
        cluster.look();
        trouble.keepNextCommitSecret();
        assertThat(cluster.isAnswered(() -> cluster.post(last))).isFalse();
        trouble.end();
        cluster.look();
        assertThat(cluster.job().state()).isEqualTo("SUCCEEDED");
        try (Follower follower =
                cluster.master().results().watch().follow(cluster.job().seq())) {
            cluster.post(last);
            assertThat(follower.await(Duration.ZERO)).as("woken").isTrue();
        }
    }

    private static boolean again(Cluster cluster, Scenario scenario, boolean again) {
        return cluster.isAnswered(() -> scenario.call().make(cluster, again));
    }
}
