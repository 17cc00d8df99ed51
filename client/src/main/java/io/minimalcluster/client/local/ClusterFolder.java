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
import org.jspecify.annotations.Nullable;

/**
 * The folder of a background cluster: data and keys of the master, logs, and a record of each process.
 *
 * @param caFile certificates of the authorities that sign the master's certificate; null for those of the JDK
 */
public record ClusterFolder(Path path, @Nullable Path caFile) {
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

    /** The address that the master has written, or empty. */
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

    /** Creates a client with the admin key. */
    public Client client(URI address) throws IOException {
        Authkey key = Authkey.in(data().resolve("authkey"));
        return caFile == null ? new Client(address, key) : new Client(address, key, caFile);
    }

    /** The recorded processes, the master first. */
    public List<RecordedProcess> processes() throws IOException {
        List<RecordedProcess> known = new ArrayList<>();
        process(MASTER).ifPresent(known::add);
        for (int number = 1; Files.exists(record(worker(number))); number++) {
            process(worker(number)).ifPresent(known::add);
        }
        return known;
    }

    /** The number of recorded workers beside the local worker, whether they run or not. */
    int workers() {
        int number = 0;
        while (Files.exists(record(worker(number + 1)))) {
            number++;
        }
        return number;
    }

    Optional<RecordedProcess> process(String name) throws IOException {
        return RecordedProcess.read(record(name), name);
    }

    void saveRecord(RecordedProcess process) throws IOException {
        process.write(record(process.name()));
    }

    void deleteRecord(String name) throws IOException {
        Files.deleteIfExists(record(name));
    }

    /** Deletes the records of all processes, including unreadable records. */
    void deleteAllRecords() throws IOException {
        try (DirectoryStream<Path> records = Files.newDirectoryStream(path, "*" + PROCESS)) {
            for (Path record : records) {
                Files.deleteIfExists(record);
            }
        }
    }

    /** Rotates the log and keeps the previous one. */
    void rotateLog(String name) throws IOException {
        if (Files.exists(log(name))) {
            Files.move(log(name), path.resolve(name + ".log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Creates the folder, and removes the access of other users. */
    void create() throws IOException {
        Files.createDirectories(path);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Acquires the lock of this folder, which serialises starts and stops. Close the channel to release it. */
    FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    /** Whether a cluster was started in this folder and not stopped. */
    public boolean isUsed() {
        try (DirectoryStream<Path> records = Files.newDirectoryStream(path, "*" + PROCESS)) {
            return records.iterator().hasNext();
        } catch (IOException _) {
            return false; // the folder does not exist
        }
    }

    private Path record(String name) {
        return path.resolve(name + PROCESS);
    }
}
