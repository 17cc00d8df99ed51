package io.minimalcluster.master.store.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.LeaseState;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.scheduling.LossPolicy;
import io.minimalcluster.master.store.Database;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.postgres.TestDatabases;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Migration of data from older schema versions. */
@Tag("store")
class UpgradeTest {
    @TempDir
    Path folder;

    @Test
    void thirdVersionConvertsLossesToQuarters() {
        Database database = migratedTo("2");
        JdbcClient old = JdbcClient.create(database.toMigrate());
        old.sql("insert into pending_range (job_seq, first, last, attempt, losses) values (1, 0, 9, 1, 3)")
                .update();
        for (int mayRun : List.of(0, 1)) {
            old.sql("""
                    insert into lease (id, job_seq, worker_id, request_id, first, last, attempt, losses, may_run,
                                       remaining, state, taken_at)
                    values (:id, 1, 'w', 'r', 9, 10, 1, 2, :mayRun, 1, 'LAPSED', 0)
                    """).param("id", "lease-" + mayRun).param("mayRun", mayRun).update();
        }

        try (Store store = TestStore.open(database)) {
            assertThat(rows(store, "select loss_quarters from pending_range"))
                    .containsExactly(Map.of("loss_quarters", 12L));
            assertThat(rows(store, "select loss_quarters, provisional_loss_quarters from lease order by id"))
                    .containsExactly(
                            Map.of("loss_quarters", 8L, "provisional_loss_quarters", 0L),
                            Map.of("loss_quarters", 8L, "provisional_loss_quarters", 4L));
        }
    }

    @Test
    void fourthVersionKeepsTheValuesOfRenamedColumns() {
        Database database = migratedTo("3");
        insertRowsOfThirdVersion(JdbcClient.create(database.toMigrate()));

        try (Store store = TestStore.open(database)) {
            assertThat(rows(store, """
                    select requirements, task_timeout_seconds, retention_millis, termination_reason, copies_allowed,
                           previously_succeeded, retry_scan_index
                      from job
                    """))
                    .containsExactly(Map.of(
                            "requirements", "{}",
                            "task_timeout_seconds", 30L,
                            "retention_millis", 60_000L,
                            "termination_reason", "DEADLINE",
                            "copies_allowed", 0L,
                            "previously_succeeded", 2L,
                            "retry_scan_index", 5L));
            Optional<Lease> lease =
                    store.read(sql -> Leases.find(sql, new WorkerId("worker-1"), new LeaseId("lease-1")));
            assertThat(lease)
                    .contains(new Lease(
                            1,
                            new LeaseId("lease-1"),
                            1,
                            new WorkerId("worker-1"),
                            "request-1",
                            3,
                            7,
                            new LossPolicy(2, 16),
                            4,
                            LeaseState.LAPSED,
                            0,
                            "request-2",
                            true,
                            0,
                            1));
            assertThat(rows(store, "select acquired_at from lease")).containsExactly(Map.of("acquired_at", 8L));
            assertThat(rows(store, "select loss_quarters from pending_range"))
                    .containsExactly(Map.of("loss_quarters", 9L));
            assertThat(rows(store, "select first, last from returned_range"))
                    .containsExactly(Map.of("first", 4L, "last", 6L));
            assertThat(rows(store, "select chunk_number, octet_length(data) as bytes from bundle_chunk"))
                    .containsExactly(Map.of("chunk_number", 1L, "bytes", 3L));
            assertThat(rows(store, "select last_request_id, heartbeat_count, shutting_down from worker"))
                    .containsExactly(
                            Map.of("last_request_id", "request-1", "heartbeat_count", 6L, "shutting_down", 1L));
            assertThat(rows(store, "select occurred_at, actor, call_count from audit"))
                    .containsExactly(Map.of("occurred_at", 10L, "actor", "ann", "call_count", 11L));
            assertThat(rows(store, "select resource_id from idempotency_key"))
                    .containsExactly(Map.of("resource_id", "job-1"));
        }
    }

    private static void insertRowsOfThirdVersion(JdbcClient old) {
        List.of(
                        """
                        insert into job (id, owner, method, state, options, priority, max_attempts, task_timeout, total,
                                         pending, running, succeeded, failed, leases, next_position, created_at, needs,
                                         keep_millis, ending, copies, carried, sweep)
                        values ('job-1', 'ann', 'f()', 'FAILED', '{}', 5, 3, 30, 10, 0, 0, 0, 0, 0, 0, 0, '{}',
                                60000, 'DEADLINE', 0, 2, 5)
                        """,
                        """
                        insert into lease (id, job_seq, worker_id, request_id, first, last, attempt, losses, charge,
                                           remaining, state, taken_at, end_told, copied)
                        values ('lease-1', 1, 'worker-1', 'request-1', 3, 7, 2, 16, 1, 4, 'LAPSED', 8, 'request-2', 1)
                        """,
                        "insert into pending_range (job_seq, first, last, attempt, losses) values (1, 7, 10, 1, 9)",
                        "insert into given_back (job_seq, lease_seq, first, last) values (1, 1, 4, 6)",
                        """
                        insert into worker (id, name, pid, slots, labels, isolation, local, version, java_version,
                                            state, asked, beats, ending, registered_at, last_seen_at, tasks_done)
                        values ('worker-1', 'w', 1, 1, '{}', 'PROCESS', 0, '1', '25', 'ACTIVE',
                                'request-1', 6, 1, 0, 0, 0)
                        """,
                        """
                        insert into audit (at, who, action, status, address, times)
                        values (10, 'ann', 'refused', 403, '127.0.0.1', 11)
                        """,
                        """
                        insert into idempotency_key (owner, name, sha256, body_bytes, thing, expires_at)
                        values ('ann', 'key-1', '', 0, 'job-1', 12)
                        """)
                .forEach(statement -> old.sql(statement).update());
        old.sql("insert into bundle_piece (environment_id, place, data) values ('env-1', 1, :data)")
                .param("data", new byte[3])
                .update();
    }

    private static List<Map<String, Object>> rows(Store store, String query) {
        return store.read(sql -> sql.sql(query).query().listOfRows()).stream()
                .map(UpgradeTest::withLongs)
                .toList();
    }

    /** Converts numbers to {@code Long}, because number types differ between databases. */
    private static Map<String, Object> withLongs(Map<String, Object> row) {
        row.replaceAll((_, value) -> value instanceof Number number ? (Object) number.longValue() : value);
        return row;
    }

    private Database migratedTo(String version) {
        Database database = TestStore.isPostgres()
                ? TestDatabases.open(TestDatabases.bare())
                : TestStore.sqlite(folder, TestStore.settings(0));
        Flyway.configure()
                .dataSource(database.toMigrate())
                .locations("classpath:db/migration") // repeatable migrations name the tables of the newest version
                .placeholders(database.dialect().placeholders())
                .target(version)
                .load()
                .migrate();
        return database;
    }
}
