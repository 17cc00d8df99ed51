package io.minimalcluster.chaos;

/** Where the master keeps what it knows. */
public sealed interface StoreChoice {
    /** A file in its data folder. */
    record Sqlite() implements StoreChoice {}

    /** A PostgreSQL server that the run starts, kills and starts again. */
    record OwnPostgres() implements StoreChoice {}

    /** A PostgreSQL server that runs already and is left alone, by its JDBC URL. */
    record OuterPostgres(String url) implements StoreChoice {}
}
