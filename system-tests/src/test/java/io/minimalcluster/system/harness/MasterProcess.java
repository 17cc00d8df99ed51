package io.minimalcluster.system.harness;

import io.minimalcluster.postgres.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A master process on a free port. Its data folder outlives restarts of the process. */
public final class MasterProcess implements AutoCloseable {
    /** The timeout of a start, on a machine under load. */
    static final Duration TIMEOUT = Duration.ofMinutes(5);

    // Below the ephemeral ports, which other processes could take during a restart.
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 100) * 100);

    private final Folder folder;
    private final DataPlace place;
    private final List<String> store;
    private final List<String> prefix;
    private final List<String> settings;
    private final int port;
    private Program program;
    private URI url;

    private MasterProcess(
            Folder folder, DataPlace place, List<String> store, List<String> prefix, List<String> settings) {
        this.folder = folder;
        this.place = place;
        this.store = store;
        this.prefix = prefix;
        this.settings = settings;
        this.port = freePort();
        this.program = launch();
        try {
            this.url = awaitUrl();
        } catch (AssertionError | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * The location of the data folder.
     *
     * @param inside path as seen by the master
     * @param seen path as seen by the test
     * @param disk small disk that contains it; null for the normal file system
     */
    private record DataPlace(
            Path inside, Path seen, @Nullable SmallDisk disk) {
        List<String> within(List<String> command) {
            return disk == null ? command : disk.within(command);
        }
    }

    /** Starts a master and waits until it is ready. The settings are command line arguments. */
    public static MasterProcess start(String... settings) {
        return in(Folder.create("master"), TestStores.settings(), List.of(), settings);
    }

    /** Starts a master with a command prefix, such as {@code env NAME=value}. */
    public static MasterProcess startWithPrefix(List<String> prefix, String... settings) {
        return in(Folder.create("master"), TestStores.settings(), prefix, settings);
    }

    /** Starts a master on SQLite, also in a test run on PostgreSQL. */
    public static MasterProcess startOnFile(String... settings) {
        return in(Folder.create("master"), List.of(), List.of(), settings);
    }

    /** Starts a master on a PostgreSQL database, also in a test run on SQLite. */
    public static MasterProcess on(TestDatabase database, String... settings) {
        return in(Folder.create("master"), database.settings(), List.of(), settings);
    }

    private static MasterProcess in(Folder folder, List<String> store, List<String> prefix, String... settings) {
        Path data = folder.path("data");
        return new MasterProcess(folder, new DataPlace(data, data, null), store, prefix, List.of(settings));
    }

    /** Starts a master whose data folder and store are on a small disk. */
    public static MasterProcess startOn(SmallDisk disk, String... settings) {
        return new MasterProcess(
                Folder.create("master"),
                new DataPlace(disk.inside("data"), disk.seen("data"), disk),
                List.of(),
                List.of(),
                List.of(settings));
    }

    /** Starts a master on an existing data folder with its store. The test deletes the folder. */
    public static MasterProcess startIn(Path data, String... settings) {
        return new MasterProcess(
                Folder.create("master"), new DataPlace(data, data, null), List.of(), List.of(), List.of(settings));
    }

    private static int freePort() {
        while (true) {
            int port = NEXT_PORT.getAndIncrement();
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }

    private Program launch() {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--minimalcluster.data=" + place.inside(),
                // all other tests also run on machines without a sandbox
                "--minimalcluster.executor.minimum-isolation=process"));
        all.addAll(store);
        all.addAll(settings);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(place.within(Installation.master(all)));
        return Program.start("master", command, folder.path("."));
    }

    private URI awaitUrl() {
        Path file = data().resolve("master.url");
        Await.until("an address of the master", TIMEOUT, () -> {
            if (!program.isAlive()) {
                throw new AssertionError("the master ended; " + program.tail());
            }
            return Files.exists(file);
        });
        return URI.create(read("master.url"));
    }

    /** Restarts the ended master on the same data folder and port. */
    public void restart() {
        launchAgain();
        url = awaitUrl();
    }

    /** Restarts the master, expects that the start fails, and returns its output. */
    public String outputOfFailedRestart() {
        launchAgain();
        if (program.exitCode(Await.LONG) == 0) {
            throw new AssertionError("it ended well; " + program.tail());
        }
        return program.output();
    }

    private void launchAgain() {
        try {
            Files.deleteIfExists(data().resolve("master.url"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        program = launch();
    }

    public Program program() {
        return program;
    }

    public URI url() {
        return url;
    }

    /** The settings for another master on the same store. */
    public List<String> store() {
        List<String> same = new ArrayList<>(store);
        same.add("--minimalcluster.data=" + data());
        same.add("--minimalcluster.postgres.startup-timeout=1s");
        return same;
    }

    public Path data() {
        return place.seen();
    }

    /** Reads a file of the data folder, without the final newline. */
    public String read(String file) {
        try {
            return Files.readString(data().resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a client with the admin key. */
    public Api api() {
        return Api.of(url, read("authkey"));
    }

    /** Cancels all unfinished jobs. */
    void cancelJobs() {
        cancelJobs(api());
    }

    static void cancelJobs(Api api) {
        for (String state : List.of("QUEUED", "RUNNING", "PAUSED")) {
            api.get("/jobs?limit=1000&state=" + state)
                    .expect(200)
                    .json()
                    .path("items")
                    .forEach(job -> api.post("/jobs/" + job.path("id").asString() + "/cancel", ""));
        }
    }

    @Override
    public void close() {
        program.close();
        folder.close();
    }
}
