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
    /** For a start on a machine that is busy with other things. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Folder folder;
    private final List<String> prefix;
    private final List<String> settings;
    private Program program;
    private URI url;

    private MasterProcess(Folder folder, List<String> prefix, List<String> settings) {
        this.folder = folder;
        this.prefix = prefix;
        this.settings = settings;
        this.program = launch("0");
        this.url = awaitUrl();
    }

    /** Starts it and waits until it answers; the settings are as the command line takes them. */
    public static MasterProcess start(String... settings) {
        return startBehind(List.of(), settings);
    }

    /** The same, with something put before its command, as {@code env NAME=value} is. */
    public static MasterProcess startBehind(List<String> prefix, String... settings) {
        return new MasterProcess(Folder.create("master"), prefix, List.of(settings));
    }

    private Program launch(String port) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--minimalcluster.data=" + folder.path("data"),
                // where the sandbox does not work tests of all else do
                "--minimalcluster.executor.minimum-isolation=process"));
        all.addAll(settings);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Installation.master(all));
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
