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
 * A PostgreSQL on a free port of the loopback interface, with data of its own, as durable as the real one. It may be
 * killed, ended and started again; it ends with this process, and its data with it.
 */
public final class TestPostgres implements AutoCloseable {
    private static final String USER = "minimalcluster";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String password = UUID.randomUUID().toString();
    private final Thread atEnd = new Thread(this::end, "end-postgres");
    private final List<String> settings;
    private final Path binaries;
    private final Path folder;
    private final int port;
    private Process server; // guarded by this, as what follows
    private boolean ended;

    private TestPostgres(List<String> settings) throws IOException {
        this.settings = List.copyOf(settings);
        this.binaries = PostgresBinaries.unpacked();
        this.folder = Files.createTempDirectory("minimalcluster-postgres-data-");
        PostgresUser.own(folder);
        initialise();
        this.port = freePort();
        this.server = begin("postgres", arguments());
        Runtime.getRuntime().addShutdownHook(atEnd);
        awaitReady();
    }

    /** Starts one with empty data and more settings, such as {@code fsync=off}, and waits until it answers. */
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
                        "--auth=scram-sha-256",
                        "--pwfile=" + secret,
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-sync"));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void run(String program, List<String> arguments) throws IOException {
        Process process = begin(program, arguments);
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(program + " failed:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Process begin(String program, List<String> arguments) throws IOException {
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

    /** Starts it, unless this process is about to end. */
    private synchronized void launch() throws IOException {
        if (ended) {
            throw new IOException("PostgreSQL was ended");
        }
        server = begin("postgres", arguments());
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
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("PostgreSQL does not answer:\n" + log());
            }
            if (!server().isAlive()) { // what was killed may not have let go of everything yet
                launch();
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean answers() {
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

    /** What the server has said. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A new, empty database on it. */
    public TestDatabase newDatabase() {
        return create("");
    }

    /**
     * A new database on it with all that another has, to which nobody must be connected; quick without {@code fsync}.
     */
    public TestDatabase copyOf(TestDatabase other) {
        return create(" template " + other.url().substring(url("").length()) + " strategy file_copy");
    }

    private TestDatabase create(String how) {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + how);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(url(name), USER, password);
    }

    /** {@code kill -9} of the server; what it has started notices and ends. */
    public void kill() {
        server().destroyForcibly();
        awaitEnd();
    }

    /** Ends it at once, as {@code pg_ctl stop -m immediate} does: the next start recovers from its log. */
    public void stopAtOnce() {
        signal("QUIT");
        awaitEnd();
    }

    /** Ends it as an operator does: connections are cut, and what they had begun is rolled back. */
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
        server().onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Starts it again on its data and port, when it has ended, and waits until it answers. */
    public void restart() {
        try {
            launch();
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it, and deletes its data. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // the process ends already, and does the same
        }
    }

    /** For good, and once: from whoever is done with it, or as this process ends. */
    private synchronized void end() {
        if (!ended) {
            ended = true;
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
