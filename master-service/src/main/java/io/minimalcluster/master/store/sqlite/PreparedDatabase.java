package io.minimalcluster.master.store.sqlite;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The empty database with tables that {@link PreparedDatabaseGenerator} puts into the jar of a master. */
final class PreparedDatabase {
    static final String RESOURCE = "db/prepared.db";

    private PreparedDatabase() {}

    /** Creates the database file of a first start. Does nothing if the jar has no database. */
    static void createAt(Path file) throws IOException {
        try (InputStream database = PreparedDatabase.class.getResourceAsStream("/" + RESOURCE)) {
            if (database != null) {
                create(database, file);
            }
        }
    }

    /**
     * Creates a file, unless it has content already. A log beside an absent file belongs to another database, and
     * SQLite would apply it to this one, so there must be none. A master that is killed leaves the whole file or none.
     */
    static void create(InputStream database, Path file) throws IOException {
        if (!Stream.of("", "-wal", "-journal").allMatch(end -> isEmpty(file, end))) {
            return;
        }
        Path written = beside(file, ".new");
        Files.copy(database, written, REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(written, WRITE)) {
            channel.force(true);
        }
        Files.move(written, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private static boolean isEmpty(Path file, String end) {
        return beside(file, end).toFile().length() == 0;
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }
}
