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

/**
 * Opens connections to PostgreSQL as a master wants them, and takes the hold on the database that only one may have.
 */
final class PostgresConnection {
    /** Of servers that some of our statements need. */
    static final int OLDEST_SERVER = 13;

    /** Another session has the hold. In a class of states that is nobody's. */
    static final String HELD = "MC001";

    /** The server can not be used, however long one waits. */
    static final String UNFIT = "MC002";

    private static final Logger log = LoggerFactory.getLogger(PostgresConnection.class);
    private static final long OUR_LOCKS = 0x6d696e69_00000000L;

    private final DatasourceSettings where;

    PostgresConnection(DatasourceSettings where) {
        this.where = where;
    }

    /** What the driver is told, unless the URL says otherwise. */
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
        return DriverManager.getConnection(String.valueOf(where.url()), where.over(defaults()));
    }

    /** Sees one state in each transaction. */
    Connection toRead() throws SQLException {
        Connection connection = open();
        try {
            say(connection, "set session characteristics as transaction isolation level repeatable read, read only");
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Holds the database for as long as it lives, so that no second master writes. */
    Connection toWrite() throws SQLException {
        Connection connection = open();
        try {
            check(connection);
            hold(connection);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void check(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST_SERVER) {
            throw new SQLNonTransientConnectionException("the server is older than PostgreSQL " + OLDEST_SERVER, UNFIT);
        }
        if (!ask(connection, "show server_encoding").equals("UTF8")) {
            throw new SQLNonTransientConnectionException("the database's encoding is not UTF8", UNFIT);
        }
        if (ask(connection, "show synchronous_commit").equals("off")) {
            say(connection, "set synchronous_commit = on"); // what was answered is on disk
        }
        if (ask(connection, "show fsync").equals("off")) {
            log.warn(
                    "event=store.fsync-off consequence=\"acknowledged commits may be lost when the server's machine crashes\"");
        }
        // so that the hold of a master whose machine is gone does not outlive it for long
        say(connection, "set tcp_keepalives_idle = 10");
        say(connection, "set tcp_keepalives_interval = 5");
        say(connection, "set tcp_keepalives_count = 3");
    }

    private static void hold(Connection connection) throws SQLException {
        CRC32C schema = new CRC32C();
        schema.update(ask(connection, "select current_schema()").getBytes(UTF_8));
        String lock = "select pg_try_advisory_lock(" + (OUR_LOCKS | schema.getValue()) + ")";
        if (!ask(connection, lock).equals("t")) {
            throw new SQLException("another master runs on it", HELD);
        }
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return String.valueOf(answer.getString(1));
        }
    }

    private static void say(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
