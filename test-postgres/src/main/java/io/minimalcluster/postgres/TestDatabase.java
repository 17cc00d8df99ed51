package io.minimalcluster.postgres;

import java.util.List;

/** The connection data of a database on a {@link TestPostgres}. */
public record TestDatabase(String url, String username, String password) {
    /** The settings as command-line arguments of a master. */
    public List<String> settings() {
        return List.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + username,
                "--spring.datasource.password=" + password);
    }
}
