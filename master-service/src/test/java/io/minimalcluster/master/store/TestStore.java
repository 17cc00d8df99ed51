package io.minimalcluster.master.store;

import java.nio.file.Path;

/** Opens a real store in a folder. */
public final class TestStore {
    private TestStore() {}

    public static Store in(Path folder) {
        SqliteFile file = SqliteFile.in(folder);
        Schema.migrate(file);
        return Store.open(file, 2);
    }
}
