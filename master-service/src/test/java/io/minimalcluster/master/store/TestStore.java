package io.minimalcluster.master.store;

import java.nio.file.Path;

/**
 * Opens a real store that belongs to a folder: a file in it, or, with {@code -Dminimalcluster.test.store=postgres}, a
 * database of PostgreSQL. The same folder is the same store.
 */
public final class TestStore {
    private static final boolean IS_POSTGRES = "postgres".equals(System.getProperty("minimalcluster.test.store"));

    private TestStore() {}

    public static Store in(Path folder) {
        return open(IS_POSTGRES ? TestDatabases.open(folder) : SqliteFile.in(folder));
    }

    static Store open(Database database) {
        Schema.migrate(database);
        return Store.open(database, 2);
    }
}
