package io.minimalcluster.system.harness;

import io.minimalcluster.postgres.DatabaseOfTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A master as a process, on a free port, with a data folder that outlives it. */
public final class MasterProcess implements AutoCloseable {
    private final Folder folder;
    private final List<String> store;
    private final List<String> settings;
    private Program program;
    private URI url;

    private MasterProcess(Folder folder, List<String> store, List<String> settings) {
        this.folder = folder;
        this.store = store;
        this.settings = settings;
        this.program = launch("0");
        this.url = awaitUrl();
    }

    /** Starts it and waits until it answers; the settings are as the command line takes them. */
    public static MasterProcess start(String... settings) {
        return new MasterProcess(Folder.create("master"), StoreOfTests.settings(), List.of(settings));
    }

    /** Starts it on a database, whatever the others have. */
    public static MasterProcess on(DatabaseOfTest database, String... settings) {
        return new MasterProcess(Folder.create("master"), database.settings(), List.of(settings));
    }

    private Program launch(String port) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--minimalcluster.data=" + folder.path("data"),
                // where the sandbox does not work tests of all else do
                "--minimalcluster.executor.minimum-isolation=process"));
        all.addAll(store);
        all.addAll(settings);
        return Program.start("master", Installation.master(all), folder.path("."));
    }

    private URI awaitUrl() {
        Path file = data().resolve("master.url");
        Await.until("an address of the master", () -> {
            if (!program.isAlive()) {
                throw new AssertionError("the master ended; " + program.tail());
            }
            return Files.exists(file);
        });
        return URI.create(read("master.url"));
    }

    /** Starts it again on its data folder and port, when it has ended. */
    public void restart() {
        try {
            Files.deleteIfExists(data().resolve("master.url"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        program = launch(Integer.toString(url.getPort()));
        url = awaitUrl();
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
        return folder.path("data");
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

    @Override
    public void close() {
        program.close();
        folder.close();
    }
}
