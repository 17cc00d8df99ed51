package io.minimalcluster.master.store.postgres;

import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.store.CommitHooks;
import io.minimalcluster.master.store.Database;
import io.minimalcluster.master.store.DatasourceSettings;
import io.minimalcluster.master.store.Dialect;
import io.minimalcluster.model.support.Backoff;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL database. The writer's connection holds an advisory lock. A new connection must acquire the lock before
 * it writes, so two masters never write at the same time.
 */
public final class PostgresDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

    /** SQLSTATEs without retry: wrong password or user, unknown database, missing privilege, unsupported server. */
    private static final Set<String> PERMANENT_ERRORS =
            Set.of("28P01", "28000", "08004", "3D000", "42501", PostgresConnection.UNSUPPORTED);

    private final DatasourceSettings where;
    private final PostgresConnection connections;
    private @Nullable Connection initialWriter;

    private PostgresDatabase(DatasourceSettings where) {
        this.where = where;
        this.connections = new PostgresConnection(where);
    }

    /**
     * Connects and acquires the lock. Retries with exponential backoff, because the server may be starting too.
     *
     * @throws StartupException if the database is not available within {@code startupTimeout}, or not usable
     */
    public static PostgresDatabase at(DatasourceSettings where, PostgresSettings settings) {
        PostgresDatabase database = new PostgresDatabase(where);
        long deadline = System.nanoTime() + settings.startupTimeout().toNanos();
        Backoff backoff = new Backoff(Duration.ofMillis(100), MAX_PAUSE);
        while (true) {
            try {
                database.initialWriter = database.connections.toWrite();
                return database;
            } catch (SQLException e) {
                if (PERMANENT_ERRORS.contains(String.valueOf(e.getSQLState())) || System.nanoTime() - deadline >= 0) {
                    throw new StartupException("the store " + where.named() + " can't be used: " + singleLine(e));
                }
                log.warn("event=store.waiting url={} reason=\"{}\"", where.named(), singleLine(e));
                LockSupport.parkNanos(backoff.next().toNanos());
            }
        }
    }

    private static String singleLine(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    /** Without a socket timeout, because a migration may take longer than any other statement. */
    @Override
    public DataSource toMigrate() {
        Properties properties = where.over(PostgresConnection.defaults());
        properties.remove("socketTimeout");
        return new DriverManagerDataSource(String.valueOf(where.url()), properties);
    }

    @Override
    public Connection connectToWrite() {
        Connection first = initialWriter;
        initialWriter = null;
        return first == null ? open(connections::toWrite) : first;
    }

    @Override
    public Connection connectToRead() {
        return open(connections::toRead);
    }

    @Override
    public CommitHooks commitHooksOf(Connection writer) {
        return CommitHooks.NONE;
    }

    @Override
    public long logBytes() {
        return 0;
    }

    @Override
    public void copyInto(Path file) {
        throw new MasterException.Conflict("PostgreSQL has its own backup tools, such as pg_dump.", "POSTGRESQL");
    }

    private static Connection open(Opening opening) {
        try {
            return opening.open();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(singleLine(e), e);
        }
    }

    @Override
    public void close() {
        // the lock ended with the writer's connection
    }

    private interface Opening {
        Connection open() throws SQLException;
    }
}
