package io.minimalcluster.master.store;

import io.minimalcluster.master.StartupException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings {@code spring.datasource} of a PostgreSQL store.
 *
 * @param url JDBC URL of PostgreSQL; absent for SQLite in the data folder
 * @param username user name, unless the URL contains it
 * @param password password, unless the URL or {@code ~/.pgpass} contains it
 */
@ConfigurationProperties("spring.datasource")
public record DatasourceSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {
    private static final String POSTGRES = "jdbc:postgresql:";

    public DatasourceSettings {
        url = url == null || url.isBlank() ? null : url.strip();
        if (url != null && (!url.startsWith(POSTGRES) || !isAccepted(url))) {
            throw new StartupException("spring.datasource.url is not a URL of PostgreSQL: " + named(url) + "; use "
                    + POSTGRES + "//HOST:PORT/DATABASE, or omit it for SQLite in the data folder");
        }
    }

    private static boolean isAccepted(String url) {
        try {
            return DriverManager.getDriver(url).acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    public boolean isPostgres() {
        return url != null;
    }

    /** The URL for messages, without user and parameters, which may contain a password. */
    public String named() {
        return named(String.valueOf(url));
    }

    private static String named(String url) {
        return url.replaceAll("[?].*", "").replaceAll("//[^/]*@", "//");
    }

    /** Connection properties: the defaults, overridden by these settings. Parameters of the URL override both. */
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

    /** Contains no password. */
    @Override
    public String toString() {
        return named();
    }
}
