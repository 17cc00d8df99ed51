package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.chaos.ChaosOptions;
import io.minimalcluster.chaos.ChaosRun;
import io.minimalcluster.chaos.RecoveryRun;
import io.minimalcluster.chaos.RunOutcome;
import io.minimalcluster.chaos.StoreChoice;
import io.minimalcluster.chaos.fault.FaultSchedule;
import io.minimalcluster.chaos.recovery.RecoveryInterval;
import io.minimalcluster.chaos.recovery.RecoveryTimes;
import io.minimalcluster.client.local.Installation;
import io.minimalcluster.postgres.TestDatabase;
import io.minimalcluster.postgres.TestPostgres;
import io.minimalcluster.system.harness.Folder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Short chaos runs with fixed seeds; see docs/chaos.md. */
@Timeout(1200)
@Order(2)
class ChaosIT {
    private static final Duration LEASE = Duration.ofSeconds(4);
    /** A seed whose first faults are: master killed, slow and hostile clients, response lost, worker killed. */
    private static final long SQLITE_SEED = 2197;
    /** A seed whose first faults are: worker killed, master killed. */
    private static final long POSTGRES_SEED = 250;

    private static final int FEW = 4;
    private static final long SEED = 42;

    private static Installation installation() {
        return new Installation(
                io.minimalcluster.system.harness.Installation.HOME,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                false);
    }

    private static ChaosOptions options(int faults, long seed, StoreChoice store) {
        return ChaosOptions.chaos(Duration.ZERO, faults, seed, LEASE, store);
    }

    /** Runs chaos and checks that faults were injected and no invariant was violated. */
    private static RunOutcome run(ChaosOptions options) throws InterruptedException {
        try (Folder folder = Folder.create("chaos")) {
            RunOutcome outcome = new ChaosRun(installation(), folder.path("."), options, System.out::println).run();

            assertThat(outcome.verdict().isClean())
                    .as("seed %d: %s", options.seed(), outcome)
                    .isTrue();
            assertThat(outcome.faults()).isNotEmpty();
            assertThat(outcome.calls().done()).isPositive();
            assertThat(outcome.calls().ended()).isPositive();
            return outcome;
        }
    }

    @Test
    void invariantsHoldUnderAFewFaults() throws InterruptedException {
        assertThat(run(options(FEW, SQLITE_SEED, new StoreChoice.Sqlite())).faults())
                .containsKeys("KillMaster", "KillWorker", "HostileClients");
    }

    @Test
    @Tag("faults")
    void invariantsHoldOnAnExistingPostgres() throws InterruptedException {
        try (TestPostgres server = TestPostgres.start()) {
            TestDatabase database = server.newDatabase();
            String url = database.url() + "?user=" + database.username() + "&password=" + database.password();

            run(options(2, POSTGRES_SEED, new StoreChoice.ExternalPostgres(url)));
        }
    }

    @Test
    @Tag("faults")
    void invariantsHoldUnderEveryKindOfFault() throws InterruptedException {
        ChaosOptions options = options(0, SEED, new StoreChoice.Sqlite());
        FaultSchedule schedule = options.schedule();

        RunOutcome outcome = run(options(schedule.round(), SEED, new StoreChoice.Sqlite()));

        assertThat(outcome.faults().keySet()).containsExactlyInAnyOrderElementsOf(schedule.kinds());
    }

    @Test
    @Tag("faults")
    void recoveryIsMeasuredOnAQuietCluster() {
        try (Folder folder = Folder.create("recovery")) {
            ChaosOptions options = ChaosOptions.recovery(1, LEASE, new StoreChoice.Sqlite());
            RecoveryTimes times = new RecoveryRun(installation(), folder.path("."), options, System.out::println).run();

            assertThat(times.of(RecoveryInterval.SILENT)).hasSize(1);
            assertThat(times.of(RecoveryInterval.MOVED).size()
                            + times.of(RecoveryInterval.MOVED_LATER).size())
                    .as("on a busy machine the other worker may be silent for a moment, too")
                    .isEqualTo(1);
            assertThat(times.of(RecoveryInterval.MASTER_ANSWERS)).hasSize(1);
            assertThat(times.of(RecoveryInterval.WORKERS_BACK)).hasSize(1);
        }
    }
}
