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

/** A master as a process, on a free port, with a data folder that outlives it. */
public final class MasterProcess implements AutoCloseable {
    /** For a start on a machine that is busy with other things. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    // Below the ports that the system gives to others, who would else take it while a master is started again.
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
     * Where the data folder is.
     *
     * @param inside its path for the master
     * @param seen its path for the test
     * @param disk on which it is; null for any
     */
    private record DataPlace(
            Path inside, Path seen, @Nullable SmallDisk disk) {
        List<String> within(List<String> command) {
            return disk == null ? command : disk.within(command);
        }
    }

    /** Starts it and waits until it answers; the settings are as the command line takes them. */
    public static MasterProcess start(String... settings) {
        return in(Folder.create("master"), TestStores.settings(), List.of(), settings);
    }

    /** The same, with something put before its command, as {@code env NAME=value} is. */
    public static MasterProcess startBehind(List<String> prefix, String... settings) {
        return in(Folder.create("master"), TestStores.settings(), prefix, settings);
    }

    /** Starts it on a file in its data folder, whatever the others have. */
    public static MasterProcess startOnFile(String... settings) {
        return in(Folder.create("master"), List.of(), List.of(), settings);
    }

    /** Starts it on a database, whatever the others have. */
    public static MasterProcess on(TestDatabase database, String... settings) {
        return in(Folder.create("master"), database.settings(), List.of(), settings);
    }

    private static MasterProcess in(Folder folder, List<String> store, List<String> prefix, String... settings) {
        Path data = folder.path("data");
        return new MasterProcess(folder, new DataPlace(data, data, null), store, prefix, List.of(settings));
    }

    /** Starts it with its data folder on a small disk, on which its store is too. */
    public static MasterProcess startOn(SmallDisk disk, String... settings) {
        return new MasterProcess(
                Folder.create("master"),
                new DataPlace(disk.inside("data"), disk.seen("data"), disk),
                List.of(),
                List.of(),
                List.of(settings));
    }

    /** Starts it on a data folder that is there already, with its store in it, and that the test takes away. */
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
                // where the sandbox does not work tests of all else do
                "--minimalcluster.executor.minimum-isolation=process"));
        all.addAll(store);
        all.addAll(settings);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(place.within(Installation.master(all)));
        return Program.start("master", command, folder.path("."));
    }

    private URI awaitUrl() {
        Path file = data().resolve("master.url");
        Await.until("an address of the master", PATIENCE, () -> {
            if (!program.isAlive()) {
                throw new AssertionError("the master ended; " + program.tail());
            }
            return Files.exists(file);
        });
        return URI.create(read("master.url"));
    }

    /** Starts it again on its data folder and port, when it has ended. */
    public void restart() {
        launchAgain();
        url = awaitUrl();
    }

    /** Starts it again, and expects that it refuses to: what it says. */
    public String refusalToRestart() {
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

    /** The settings that give another master the same store. */
    public List<String> store() {
        List<String> same = new ArrayList<>(store);
        same.add("--minimalcluster.data=" + data());
        same.add("--minimalcluster.postgres.start-wait=1s");
        return same;
    }

    public Path data() {
        return place.seen();
    }

    /** A file of its data folder, without the line's end. */
    public String read(String file) {
        try {
            return Files.readString(data().resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls with the key of every role, that it made at its first start. */
    public Api api() {
        return Api.of(url, read("authkey"));
    }

    /** Cancels the jobs that have not ended. */
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
