package io.minimalcluster.master.store;

import io.minimalcluster.worker.settings.ByteSize;
import java.nio.file.Path;
import java.time.Duration;

/** Opens a real store in a folder. */
public final class TestStore {
    private TestStore() {}

    public static Store in(Path folder) {
        return in(folder, settings(0));
    }

    static SqliteSettings settings(long acceptLostCommits) {
        return new SqliteSettings(Duration.ofMinutes(1), acceptLostCommits, ByteSize.ofMebibytes(64));
    }

    static Store in(Path folder, SqliteSettings settings) {
        Database database = SqliteFile.in(folder, settings, TestRoom.in(folder), _ -> {});
        Schema.migrate(database);
        return Store.open(database, 2);
    }
}
