package io.minimalcluster.master.backup;

import io.minimalcluster.master.DataFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Where the copies lie, by the time they were made. What is not whole has another name. */
@Component
final class BackupFolder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String PREFIX = "minimalcluster-";
    private static final String WHOLE = ".db";
    private static final String PART = ".part";

    private final Path folder;

    BackupFolder(DataFolder data) {
        folder = data.file("backups");
    }

    /** A file to be written, which is not there; what an earlier attempt has left is gone. */
    Path begin() throws IOException {
        DataFolder.createForOwner(folder);
        for (Path left : all(PART)) {
            Files.delete(left);
        }
        return folder.resolve(PREFIX + PART);
    }

    /** Forces what was written to the disk, and gives it its name. */
    Path finish(Path written, Instant at) throws IOException {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return Files.move(written, folder.resolve(PREFIX + TIME.format(at) + WHOLE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Keeps the newest. */
    void keepNewest(int count) throws IOException {
        List<Path> newestFirst =
                all(WHOLE).stream().sorted(Comparator.reverseOrder()).toList();
        for (Path old : newestFirst.subList(Math.min(count, newestFirst.size()), newestFirst.size())) {
            Files.delete(old);
        }
    }

    private List<Path> all(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX)
                            && file.getFileName().toString().endsWith(ending))
                    .toList();
        }
    }
}
