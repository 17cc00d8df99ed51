package io.minimalcluster.master.store.postgres;

import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.store.CommitHooks;
import io.minimalcluster.master.store.Database;
import io.minimalcluster.master.store.DatasourceSettings;
import io.minimalcluster.master.store.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A database of PostgreSQL. The connection that writes has the hold on it: when that breaks, the next one has to get it
 * again before it writes anything, so two masters never write at once.
 */
public final class PostgresDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** A wrong password or user, no such database, no right to it, one that does not fit: to wait changes nothing. */
    private static final Set<String> HOPELESS =
            Set.of("28P01", "28000", "08004", "3D000", "42501", PostgresConnection.UNFIT);

    private final DatasourceSettings where;
    private final PostgresConnection connections;
    private @Nullable Connection held;

    private PostgresDatabase(DatasourceSettings where) {
        this.where = where;
        this.connections = new PostgresConnection(where);
    }

    /**
     * Takes it, and waits for a while if the server does not answer, as it may have been started at the same time.
     *
     * @throws StartupException if it can't be had
     */
    public static PostgresDatabase at(DatasourceSettings where, PostgresSettings settings) {
        PostgresDatabase database = new PostgresDatabase(where);
        long deadline = System.nanoTime() + settings.startWait().toNanos();
        Duration pause = Duration.ofMillis(100);
        while (true) {
            try {
                database.held = database.connections.toWrite();
                return database;
            } catch (SQLException e) {
                if (HOPELESS.contains(String.valueOf(e.getSQLState())) || System.nanoTime() - deadline >= 0) {
                    throw new StartupException("the store " + where.named() + " can't be used: " + inOneLine(e));
                }
                log.warn("event=store.waiting url={} reason=\"{}\"", where.named(), inOneLine(e));
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 2, pause.toNanos()));
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private static String inOneLine(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    /** A migration may take longer than any other statement. */
    @Override
    public DataSource toMigrate() {
        Properties properties = where.over(PostgresConnection.defaults());
        properties.remove("socketTimeout");
        return new DriverManagerDataSource(String.valueOf(where.url()), properties);
    }

    @Override
    public Connection connectToWrite() {
        Connection first = held;
        held = null;
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
        throw new MasterException.Conflict(
                "PostgreSQL has tools of its own for backups, such as pg_dump.", "POSTGRESQL");
    }

    private static Connection open(Opening opening) {
        try {
            return opening.open();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(inOneLine(e), e);
        }
    }

    @Override
    public void close() {
        // the hold went with the connection that writes
    }

    private interface Opening {
        Connection open() throws SQLException;
    }
}
