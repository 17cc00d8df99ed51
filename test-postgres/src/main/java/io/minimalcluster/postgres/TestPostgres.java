package io.minimalcluster.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL server on a free port of the loopback interface, with its own data and full durability. It can be
 * killed, stopped and restarted. The server and its data are removed with this process.
 */
public final class TestPostgres implements AutoCloseable {
    private static final String USER = "minimalcluster";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String password = UUID.randomUUID().toString();
    private final Thread shutdownHook = new Thread(this::end, "end-postgres");
    private final List<String> settings;
    private final Path binaries;
    private final Path folder;
    private final int port;
    private Process server; // guarded by this, like the next field
    private boolean closed;

    private TestPostgres(List<String> settings) throws IOException {
        this.settings = List.copyOf(settings);
        this.binaries = PostgresBinaries.unpacked();
        this.folder = Files.createTempDirectory("minimalcluster-postgres-data-");
        PostgresUser.own(folder);
        initialise();
        this.port = freePort();
        this.server = startProcess("postgres", arguments());
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        awaitReady();
    }

    /**
     * Starts a server with empty data and additional settings, such as {@code fsync=off}, and waits until it is ready.
     */
    public static TestPostgres start(String... settings) {
        try {
            return new TestPostgres(List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private void initialise() throws IOException {
        Path secret = folder.resolve("password");
        Files.writeString(secret, password);
        PostgresUser.own(secret);
        run(
                "initdb",
                List.of(
                        "--pgdata=" + data(),
                        "--username=" + USER,
                        // SCRAM would cost the client 15 ms of CPU time for each of many connections
                        "--auth=md5",
                        "--pwfile=" + secret,
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-sync"));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void run(String program, List<String> arguments) throws IOException {
        Process process = startProcess(program, arguments);
        try {
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(program + " failed:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Process startProcess(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(PostgresUser.prefix());
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    /** Starts the server process, unless this object has been closed. */
    private synchronized void launch() throws IOException {
        if (closed) {
            throw new IOException("PostgreSQL was closed");
        }
        server = startProcess("postgres", arguments());
    }

    private synchronized Process server() {
        return server;
    }

    private List<String> arguments() {
        List<String> all = new ArrayList<>(List.of(
                "-D", data().toString(),
                "-p", String.valueOf(port),
                "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=",
                "-c", "max_connections=200",
                "-c", "fsync=on",
                "-c", "synchronous_commit=on"));
        settings.forEach(setting -> all.addAll(List.of("-c", setting)));
        return all;
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!isReady()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("PostgreSQL is not ready:\n" + log());
            }
            if (!server().isAlive()) { // a killed server may not have released its port and files yet
                launch();
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean isReady() {
        try (Connection connection = connect()) {
            return connection.isValid(10);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url("postgres"), USER, password);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The log of the server. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Creates an empty database. */
    public TestDatabase newDatabase() {
        return create("");
    }

    /** Creates a copy of a database without open connections. The copy is fast with {@code fsync=off}. */
    public TestDatabase copyOf(TestDatabase other) {
        return create(" template " + other.url().substring(url("").length()) + " strategy file_copy");
    }

    private TestDatabase create(String options) {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + options);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(url(name), USER, password);
    }

    /** Kills the server by SIGKILL; its child processes then end. */
    public void kill() {
        server().destroyForcibly();
        awaitEnd();
    }

    /** Stops the server immediately, as {@code pg_ctl stop -m immediate}: the next start recovers from its log. */
    public void stopAtOnce() {
        signal("QUIT");
        awaitEnd();
    }

    /** Stops the server in fast mode: connections are closed and open transactions rolled back. */
    public void stop() {
        signal("INT");
        awaitEnd();
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(server().pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        server().onExit().orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Restarts the stopped server with its data and port, and waits until it is ready. */
    public void restart() {
        try {
            launch();
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // the shutdown hook is running and does the same
        }
    }

    /** Stops the server and deletes its data, once. Called by {@link #close} and the shutdown hook. */
    private synchronized void end() {
        if (!closed) {
            closed = true;
            if (server.isAlive()) {
                stopAtOnce();
            }
            try {
                FolderDeletion.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
