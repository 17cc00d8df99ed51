package io.minimalcluster.master.store.configuration;

import io.minimalcluster.master.store.CommitHooks;
import io.minimalcluster.master.store.Database;
import io.minimalcluster.master.store.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The real database without synchronous disk writes, for tests that kill no process, with optional fault injection. */
final class NonDurableDatabase implements Database {
    private final Database real;
    private final @Nullable StatementFaults faults;

    NonDurableDatabase(Database real, @Nullable StatementFaults faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    public Connection connectToWrite() {
        return configure(real.connectToWrite());
    }

    @Override
    public Connection connectToRead() {
        return configure(real.connectToRead());
    }

    private Connection configure(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma synchronous = off");
            return faults == null ? connection : faults.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DataSource toMigrate() {
        return real.toMigrate();
    }

    @Override
    public Dialect dialect() {
        return real.dialect();
    }

    /** No hooks with fault injection, because hooks run statements that would shift the statement numbers. */
    @Override
    public CommitHooks commitHooksOf(Connection writer) {
        return faults == null ? real.commitHooksOf(writer) : CommitHooks.NONE;
    }

    @Override
    public long logBytes() {
        return real.logBytes();
    }

    @Override
    public void copyInto(Path file) {
        real.copyInto(file);
    }

    @Override
    public void close() {
        real.close();
    }
}
