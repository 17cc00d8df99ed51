package io.minimalcluster.master.store;

import java.util.Map;

/** What databases want to hear in different words. All else is one set of statements. */
public enum Dialect {
    SQLITE("begin", "begin immediate", 256),

    /**
     * Its driver begins transactions, together with their first statement. Of more savepoints in one transaction each
     * look of a reader gets slow.
     */
    POSTGRESQL("", "", 64);

    private static final String TABLES = "classpath:db/migration";

    private final String beginToRead;
    private final String beginToWrite;
    private final int together;

    Dialect(String beginToRead, String beginToWrite, int together) {
        this.beginToRead = beginToRead;
        this.beginToWrite = beginToWrite;
        this.together = together;
    }

    /** Begins a transaction that sees one state from its first look to its end; empty where the driver begins it. */
    String beginToRead() {
        return beginToRead;
    }

    /** Begins a transaction that writes, and waits for its turn at once rather than at a later statement. */
    String beginToWrite() {
        return beginToWrite;
    }

    boolean isBegunByDriver() {
        return beginToWrite.isEmpty();
    }

    /** How many works are committed together at most. */
    int together() {
        return together;
    }

    /** Where the tables are described. */
    public String[] migrations() {
        return switch (this) {
            case SQLITE -> new String[] {TABLES};
            case POSTGRESQL -> new String[] {TABLES, "classpath:db/postgresql"};
        };
    }

    /** What the descriptions of the tables leave open. */
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
