package io.minimalcluster.master.store;

import java.nio.file.Path;

/** Opens a real store in a folder. */
public final class TestStore {
    private TestStore() {}

    public static Store in(Path folder) {
        Database database = SqliteFile.in(folder);
        Schema.migrate(database);
        return Store.open(database, 2);
    }
}
