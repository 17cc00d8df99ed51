package io.minimalcluster.master.store;

import io.minimalcluster.master.StartupException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the store is, if not in the data folder: {@code spring.datasource}, as Spring names it.
 *
 * @param url of a database of PostgreSQL; nothing for SQLite
 * @param username for it, unless the URL says it
 * @param password for it, unless the URL or {@code ~/.pgpass} says it
 */
@ConfigurationProperties("spring.datasource")
public record DatasourceSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {
    private static final String POSTGRES = "jdbc:postgresql:";

    public DatasourceSettings {
        url = url == null || url.isBlank() ? null : url.strip();
        if (url != null && (!url.startsWith(POSTGRES) || !isUnderstood(url))) {
            throw new StartupException("spring.datasource.url is no URL of PostgreSQL: " + named(url) + "; say "
                    + POSTGRES + "//HOST:PORT/DATABASE, or nothing for SQLite in the data folder");
        }
    }

    private static boolean isUnderstood(String url) {
        try {
            return DriverManager.getDriver(url).acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    public boolean isPostgres() {
        return url != null;
    }

    /** The URL as it may be shown: without its parameters, for a password may be one. */
    public String named() {
        return named(String.valueOf(url));
    }

    private static String named(String url) {
        return url.replaceAll("[?].*", "").replaceAll("//[^/]*@", "//");
    }

    /** In the form of the driver, over what it is told by default; what the URL says goes before both. */
    public Properties over(Properties defaults) {
        Properties all = new Properties();
        all.putAll(defaults);
        if (username != null) {
            all.setProperty("user", username);
        }
        if (password != null) {
            all.setProperty("password", password);
        }
        return all;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return named();
    }
}
