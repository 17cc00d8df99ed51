package io.minimalcluster.master.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.store.DatasourceSettings;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.UnitOfWork;
import io.minimalcluster.master.store.configuration.StoreContract;
import io.minimalcluster.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The store on PostgreSQL. */
class PostgresStoreTest extends StoreContract {
    private static final PostgresSettings NO_WAIT = new PostgresSettings(2, Duration.ZERO);

    private final TestDatabase database = TestDatabases.empty();

    @Override
    public Store open() {
        Store store = Store.open(TestDatabases.open(database), 2);
        store.writeAndWait(sql -> sql.sql("create table if not exists note (id integer primary key, text text)")
                .update());
        return store;
    }

    private DatasourceSettings settings(String password) {
        return new DatasourceSettings(database.url(), database.username(), password);
    }

    private void asOperator(String command) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.url(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private void terminateConnections() throws SQLException {
        asOperator("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    @Test
    void secondMasterOnTheSameDatabaseIsRejectedWithoutSecrets() {
        assertThatThrownBy(() -> PostgresDatabase.at(settings(database.password()), NO_WAIT))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("another master")
                .hasMessageNotContainingAny("\n", database.password());
    }

    @Test
    void wrongPasswordIsRejectedWithoutWaiting() {
        assertThatThrownBy(() -> PostgresDatabase.at(settings("wrong"), new PostgresSettings(2, Duration.ofHours(1))))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("password");
    }

    @Test
    void unreachableServerIsRejected() {
        DatasourceSettings unreachable =
                new DatasourceSettings("jdbc:postgresql://127.0.0.1:1/none?password=pw", "u", "p");
        assertThatThrownBy(() -> PostgresDatabase.at(unreachable, NO_WAIT))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("127.0.0.1:1/none")
                .hasMessageNotContaining("pw");
    }

    @Test
    void otherDatabaseProductIsRejected() {
        assertThatThrownBy(() -> new DatasourceSettings("jdbc:mysql://u:secret@db/x?password=secret", null, null))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("secret");
    }

    @Test
    void terminatedConnectionsAreReopened() throws SQLException {
        store().writeAndWait(sql -> add(sql, 1));
        terminateConnections();
        store().writeAndWait(sql -> add(sql, 2));
        assertThat(notes()).containsExactly(1L, 2L);
        assertThat(store().isWritable()).isTrue();
    }

    @Test
    void exhaustedConnectionsAreAnsweredAsUnavailableUntilOneIsFree() throws SQLException {
        String role = "limited_" + System.nanoTime();
        asOperator("create role " + role + " login password 'pw'");
        DatasourceSettings limited = new DatasourceSettings(TestDatabases.bare().url(), role, "pw");
        try (Store store = Store.open(PostgresDatabase.at(limited, NO_WAIT), 2)) {
            assertThat(ones(store)).isEqualTo(2);
            asOperator("alter role " + role + " connection limit 0");
            asOperator("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + role + "'");

            long begun = System.nanoTime();
            assertThatThrownBy(() -> ones(store)).isInstanceOf(MasterException.Unavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));

            asOperator("alter role " + role + " connection limit -1");
            assertThat(Stream.generate(() -> isAvailable(store)).limit(10_000).anyMatch(available -> available))
                    .isTrue();
        }
    }

    private static int ones(Store store) {
        UnitOfWork<Integer> one =
                sql -> sql.sql("select 1").query(Integer.class).single();
        return store.read(one) + store.writeAndWait(one);
    }

    private static boolean isAvailable(Store store) {
        try {
            return ones(store) == 2;
        } catch (MasterException.Unavailable _) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            return false;
        }
    }

    private static void awaitEnd(CompletableFuture<Integer> write) {
        try {
            Store.await(write);
        } catch (MasterException.Unavailable e) {
            // its outcome is uncertain
        }
    }

    @Test
    void repeatedConnectionLossKeepsAcknowledgedWritesOnce() throws SQLException {
        List<CompletableFuture<Integer>> writes = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 200; i++) {
                long id = round * 200L + i;
                writes.add(store().write(sql -> add(sql, id)));
            }
            awaitEnd(writes.get(round * 200)); // the others may be in progress
            terminateConnections();
        }
        List<Long> acknowledged = new ArrayList<>();
        for (int id = 0; id < writes.size(); id++) {
            try {
                Store.await(writes.get(id));
                acknowledged.add((long) id);
            } catch (MasterException.Unavailable e) {
                // the outcome of this write is uncertain
            }
        }
        assertThat(acknowledged).isNotEmpty();
        assertThat(notes()).containsAll(acknowledged);
    }

    @Test
    void serializationConflictIsRetried() {
        AtomicInteger runs = new AtomicInteger();
        store().writeAndWait(sql -> {
            add(sql, 1);
            return runs.incrementAndGet() < 3 ? fail(sql, "40001") : 1;
        });
        assertThat(runs).hasValue(3);
        assertThat(notes()).containsExactly(1L);
    }

    @Test
    void permanentConflictAffectsNoOtherWork() {
        List<CompletableFuture<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long id = i;
            writes.add(store().write(sql -> add(sql, id)));
        }
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Integer> conflicting = store().write(sql -> {
            runs.incrementAndGet();
            return fail(sql, "40P01");
        });
        for (int i = 50; i < 100; i++) {
            long id = i;
            writes.add(store().write(sql -> add(sql, id)));
        }
        writes.forEach(Store::await);
        assertThatThrownBy(() -> Store.await(conflicting)).isInstanceOf(MasterException.Unavailable.class);
        assertThat(notes()).hasSize(100);
        assertThat(runs.get()).isBetween(2, 5);
    }

    private static int fail(JdbcClient sql, String state) {
        sql.sql("do $$ begin raise exception 'injected failure' using errcode = '" + state + "'; end $$")
                .update();
        return 0;
    }

    @Test
    void exceptionsAreClassified() {
        assertThatThrownBy(() -> store().writeAndWait(sql -> fail(sql, "53100")))
                .isInstanceOf(MasterException.InsufficientStorage.class);
        assertThatThrownBy(() -> store().writeAndWait(sql -> fail(sql, "57P03")))
                .isInstanceOf(MasterException.Unavailable.class);
        assertThatThrownBy(() -> store().writeAndWait(sql -> sql.sql("insert into note (id, text) values (1, :text)")
                        .param("text", "a\0b")
                        .update()))
                .as("a text that the database cannot store is malformed input")
                .isInstanceOf(MasterException.Malformed.class);
        assertThatThrownBy(() -> store().writeAndWait(sql -> fail(sql, "42P01")))
                .isNotInstanceOf(MasterException.class);
    }

    @Test
    void workThatContinuesAfterAFailedStatementIsNotAcknowledged() {
        assertThatThrownBy(() -> store().writeAndWait(PostgresStoreTest::addTwiceRegardless))
                .isInstanceOf(MasterException.class);
        CompletableFuture<Integer> before = store().write(sql -> add(sql, 1));
        CompletableFuture<Integer> between = store().write(PostgresStoreTest::addTwiceRegardless);
        CompletableFuture<Integer> after = store().write(sql -> add(sql, 3));
        Store.await(before);
        Store.await(after);
        assertThatThrownBy(() -> Store.await(between)).isInstanceOf(MasterException.class);
        assertThat(notes()).containsExactly(1L, 3L);
    }

    private static int addTwiceRegardless(JdbcClient sql) {
        add(sql, 2);
        try {
            return add(sql, 2);
        } catch (DuplicateKeyException e) {
            return 0;
        }
    }

    @Test
    void acknowledgedCommitsAreDurable() throws SQLException {
        asOperator("alter database " + database.url().replaceAll(".*/", "") + " set synchronous_commit = off");
        store().close();
        try (Store again = Store.open(TestDatabases.open(database), 1)) {
            String commit = again.writeAndWait(sql ->
                    sql.sql("show synchronous_commit").query(String.class).single());
            assertThat(commit).isEqualTo("on");
        }
    }

    @Test
    void numberColumnsAreBigints() {
        List<String> integerColumns = store().read(
                        sql -> sql.sql("select table_name || '.' || column_name from information_schema.columns"
                                        + " where table_schema = current_schema() and data_type = 'integer'"
                                        + " and table_name not in ('flyway_schema_history', 'note')")
                                .query(String.class)
                                .list());
        assertThat(integerColumns).isEmpty();
    }
}
