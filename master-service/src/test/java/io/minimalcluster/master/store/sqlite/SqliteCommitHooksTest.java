package io.minimalcluster.master.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.TestDiskSpace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteCommitHooksTest {
    @TempDir
    Path folder;

    @Test
    void commitWithoutChangesWritesOnlyWhileTheDiskFails() throws SQLException {
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("db"));
                Statement statement = writer.createStatement();
                SqliteCommitHooks hooks = new SqliteCommitHooks(
                        new CommitCounter(writer),
                        CommitMark.open(folder.resolve("mark")),
                        new WalCheckpointer(folder.resolve("db-wal"), 1 << 20, writer, 1000),
                        TestDiskSpace.in(folder),
                        _ -> {})) {
            statement.execute("create table note (id integer)");
            assertThat(commit(hooks)).as("first commit on a connection").isTrue();
            assertThat(commit(hooks)).as("no change").isFalse();
            statement.execute("insert into note values (1)");
            assertThat(commit(hooks)).as("a change").isTrue();

            hooks.failed(new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR));

            assertThat(hooks.beforeCommit()).as("no change on a failing disk").isTrue();
            assertThat(commit(hooks)).as("the disk still fails").isTrue();
            assertThat(commit(hooks)).as("no change on a disk that works again").isFalse();
        }
    }

    private static boolean commit(SqliteCommitHooks hooks) {
        boolean isWriting = hooks.beforeCommit();
        hooks.committed();
        return isWriting;
    }
}
