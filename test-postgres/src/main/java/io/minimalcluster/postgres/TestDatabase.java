package io.minimalcluster.postgres;

import java.util.List;

/** An empty database on a {@link TestPostgres}, as a master is told of it. */
public record TestDatabase(String url, String username, String password) {
    /** The settings of a master, as its command line takes them. */
    public List<String> settings() {
        return List.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + username,
                "--spring.datasource.password=" + password);
    }
}
