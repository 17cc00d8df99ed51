package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A master as a process, on a free port, with a data folder that outlives it. */
public final class MasterProcess implements AutoCloseable {
    /** Seconds, where nothing else keeps the machine busy. */
    private static final Duration TIME_TO_START = Duration.ofMinutes(3);

    private final Folder folder;
    private final List<String> settings;
    private Program program;
    private URI url;

    private MasterProcess(Folder folder, List<String> settings) {
        this.folder = folder;
        this.settings = settings;
        this.program = launch(folder, settings, "0");
        this.url = awaitUrl();
    }

    /** Starts it and waits until it answers; the settings are as the command line takes them. */
    public static MasterProcess start(String... settings) {
        return new MasterProcess(Folder.create("master"), List.of(settings));
    }

    private static Program launch(Folder folder, List<String> settings, String port) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--minimalcluster.data=" + folder.path("data"),
                // where the sandbox does not work tests of all else do
                "--minimalcluster.executor.minimum-isolation=process"));
        all.addAll(settings);
        return Program.start("master", Installation.master(all), folder.path("."));
    }

    private URI awaitUrl() {
        Path file = data().resolve("master.url");
        Await.until("an address of the master", TIME_TO_START, () -> {
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
        program = launch(folder, settings, Integer.toString(url.getPort()));
        url = awaitUrl();
    }

    public Program program() {
        return program;
    }

    public URI url() {
        return url;
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
