package io.minimalcluster.master.store;

import java.util.Map;

/** Differences between the SQL dialects. All other statements are the same for both databases. */
public enum Dialect {
    SQLITE("begin", "begin immediate", 256),

    /**
     * The driver begins transactions with their first statement. Many savepoints (subtransactions) in one transaction
     * slow down the snapshots of readers.
     */
    POSTGRESQL("", "", 64);

    private static final String TABLES = "classpath:db/migration";

    private final String beginToRead;
    private final String beginToWrite;
    private final int maxUnitsPerCommit;

    Dialect(String beginToRead, String beginToWrite, int maxUnitsPerCommit) {
        this.beginToRead = beginToRead;
        this.beginToWrite = beginToWrite;
        this.maxUnitsPerCommit = maxUnitsPerCommit;
    }

    /** Command that begins a read transaction with a consistent snapshot; empty if the driver begins it. */
    String beginToRead() {
        return beginToRead;
    }

    /** Command that begins a write transaction and acquires the write lock at once; empty if the driver begins it. */
    String beginToWrite() {
        return beginToWrite;
    }

    boolean isBegunByDriver() {
        return beginToWrite.isEmpty();
    }

    /** Maximum number of units of work in a group commit. */
    int maxUnitsPerCommit() {
        return maxUnitsPerCommit;
    }

    /** Locations of the Flyway migrations. */
    public String[] migrations() {
        return switch (this) {
            case SQLITE -> new String[] {TABLES};
            case POSTGRESQL -> new String[] {TABLES, "classpath:db/postgresql"};
        };
    }

    /** Flyway placeholders: column types and table options of the dialect. */
    public Map<String, String> placeholders() {
        return switch (this) {
            case SQLITE ->
                Map.of(
                        "sequence", "integer primary key autoincrement",
                        "number", "integer",
                        "blob", "blob",
                        "by_key", " without rowid");
            case POSTGRESQL ->
                Map.of(
                        "sequence", "bigint generated always as identity primary key",
                        "number", "bigint",
                        "blob", "bytea",
                        "by_key", "");
        };
    }
}
