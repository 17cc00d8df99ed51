package io.minimalcluster.chaos;

/** The store of the master. */
public sealed interface StoreChoice {
    /** SQLite in the data folder. */
    record Sqlite() implements StoreChoice {}

    /** A PostgreSQL server that the run starts, kills and restarts. */
    record ManagedPostgres() implements StoreChoice {}

    /**
     * A running PostgreSQL server, which the run does not kill.
     *
     * @param url the JDBC URL
     */
    record ExternalPostgres(String url) implements StoreChoice {}
}
