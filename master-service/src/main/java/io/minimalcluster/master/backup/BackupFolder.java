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

/** The folder with backups, named by creation time. Incomplete files have another suffix. */
@Component
final class BackupFolder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String PREFIX = "minimalcluster-";
    private static final String COMPLETE = ".db";
    private static final String PART = ".part";

    private final Path folder;

    BackupFolder(DataFolder data) {
        folder = data.file("backups");
    }

    /** Returns the path of a new file to write. Deletes the files of failed attempts. */
    Path begin() throws IOException {
        DataFolder.createForOwner(folder);
        for (Path incomplete : all(PART)) {
            Files.delete(incomplete);
        }
        return folder.resolve(PREFIX + PART);
    }

    /** Syncs the file to disk and renames it. */
    Path finish(Path written, Instant at) throws IOException {
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return Files.move(written, folder.resolve(PREFIX + TIME.format(at) + COMPLETE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes all backups but the newest ones. */
    void keepNewest(int count) throws IOException {
        List<Path> newestFirst =
                all(COMPLETE).stream().sorted(Comparator.reverseOrder()).toList();
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
