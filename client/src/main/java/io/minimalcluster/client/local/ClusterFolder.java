package io.minimalcluster.client.local;

import io.minimalcluster.client.Authkey;
import io.minimalcluster.client.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a cluster that stays keeps what it has: data and keys of the master, a log of each process, and which processes
 * there are.
 */
public record ClusterFolder(Path path) {
    static final String MASTER = "master";
    private static final String WORKER = "worker-";
    private static final String PROCESS = ".process";

    public Path data() {
        return path.resolve("data");
    }

    public Path log(String name) {
        return path.resolve(name + ".log");
    }

    static String worker(int number) {
        return WORKER + number;
    }

    /** Where the master says that it listens; nothing if it has not said so. */
    public Optional<URI> address() {
        try {
            return Optional.of(URI.create(Files.readString(addressFile()).strip()));
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    Path addressFile() {
        return data().resolve("master.url");
    }

    /** Calls the master with the key for everything. */
    public Client client(URI address) throws IOException {
        return new Client(address, Authkey.in(data().resolve("authkey")));
    }

    /** The processes that were started and not stopped, the master first. */
    public List<RecordedProcess> processes() throws IOException {
        List<RecordedProcess> known = new ArrayList<>();
        process(MASTER).ifPresent(known::add);
        for (int number = 1; Files.exists(record(worker(number))); number++) {
            process(worker(number)).ifPresent(known::add);
        }
        return known;
    }

    /** How many workers were started beside the master's own, whether they run or not. */
    int workers() {
        int number = 0;
        while (Files.exists(record(worker(number + 1)))) {
            number++;
        }
        return number;
    }

    Optional<RecordedProcess> process(String name) throws IOException {
        return RecordedProcess.in(record(name), name);
    }

    void remember(RecordedProcess process) throws IOException {
        process.write(record(process.name()));
    }

    void forget(String name) throws IOException {
        Files.deleteIfExists(record(name));
    }

    /** Forgets every process, also those that nothing is left of but a broken file. */
    void forgetAll() throws IOException {
        try (DirectoryStream<Path> records = Files.newDirectoryStream(path, "*" + PROCESS)) {
            for (Path record : records) {
                Files.deleteIfExists(record);
            }
        }
    }

    /** Makes room for a new log; the one before is kept. */
    void turnLog(String name) throws IOException {
        if (Files.exists(log(name))) {
            Files.move(log(name), path.resolve(name + ".log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes the folder, for its owner alone. */
    void create() throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Files.createDirectories(path);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Waits until nobody else starts or stops anything here. Close it when done. */
    FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    /** Whether somebody has started a cluster here and not stopped it. */
    public boolean isUsed() {
        try (DirectoryStream<Path> records = Files.newDirectoryStream(path, "*" + PROCESS)) {
            return records.iterator().hasNext();
        } catch (IOException _) {
            return false; // there is no such folder
        }
    }

    private Path record(String name) {
        return path.resolve(name + PROCESS);
    }
}
