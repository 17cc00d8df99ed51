package io.minimalcluster.master.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.store.DatasourceSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Properties;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections to PostgreSQL. The writer's connection holds an advisory lock, so that only one master writes. */
final class PostgresConnection {
    /** Oldest supported major version of the server. */
    static final int MIN_SERVER_VERSION = 13;

    /** SQLSTATE: another session has the lock. The class MC is not used by PostgreSQL. */
    static final String LOCKED = "MC001";

    /** SQLSTATE: the server is not supported, so that a retry is useless. */
    static final String UNSUPPORTED = "MC002";

    private static final Logger log = LoggerFactory.getLogger(PostgresConnection.class);
    private static final long LOCK_PREFIX = 0x6d696e69_00000000L;

    private final DatasourceSettings settings;

    PostgresConnection(DatasourceSettings settings) {
        this.settings = settings;
    }

    /** Default connection properties, which the URL may override. */
    static Properties defaults() {
        Properties defaults = new Properties();
        defaults.setProperty("ApplicationName", "minimalcluster-master");
        defaults.setProperty("connectTimeout", "5"); // seconds, as below
        defaults.setProperty("socketTimeout", "60");
        defaults.setProperty("tcpKeepAlive", "true");
        defaults.setProperty("targetServerType", "primary");
        return defaults;
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(String.valueOf(settings.url()), settings.over(defaults()));
    }

    /** Opens a connection for reads, with repeatable read isolation. */
    Connection toRead() throws SQLException {
        Connection connection = open();
        try {
            execute(
                    connection,
                    "set session characteristics as transaction isolation level repeatable read, read only");
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a connection for writes. It holds the advisory lock until it is closed. */
    Connection toWrite() throws SQLException {
        Connection connection = open();
        try {
            check(connection);
            lock(connection);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void check(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() < MIN_SERVER_VERSION) {
            throw new SQLNonTransientConnectionException(
                    "the server is older than PostgreSQL " + MIN_SERVER_VERSION, UNSUPPORTED);
        }
        if (!query(connection, "show server_encoding").equals("UTF8")) {
            throw new SQLNonTransientConnectionException("the database's encoding is not UTF8", UNSUPPORTED);
        }
        if (query(connection, "show synchronous_commit").equals("off")) {
            execute(connection, "set synchronous_commit = on"); // acknowledged commits must be durable
        }
        if (query(connection, "show fsync").equals("off")) {
            log.warn(
                    "event=store.fsync-off reason=\"acknowledged commits may be lost when the server's machine crashes\"");
        }
        // releases the lock of a master on a crashed machine soon
        execute(connection, "set tcp_keepalives_idle = 10");
        execute(connection, "set tcp_keepalives_interval = 5");
        execute(connection, "set tcp_keepalives_count = 3");
    }

    private static void lock(Connection connection) throws SQLException {
        CRC32C schema = new CRC32C();
        schema.update(query(connection, "select current_schema()").getBytes(UTF_8));
        String tryLock = "select pg_try_advisory_lock(" + (LOCK_PREFIX | schema.getValue()) + ")";
        if (!query(connection, tryLock).equals("t")) {
            throw new SQLException("another master runs on it", LOCKED);
        }
    }

    private static String query(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return String.valueOf(answer.getString(1));
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
