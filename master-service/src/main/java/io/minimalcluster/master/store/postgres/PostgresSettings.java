package io.minimalcluster.master.store.postgres;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a PostgreSQL store: {@code minimalcluster.postgres}.
 *
 * @param readers number of connections for reads, in addition to one for writes; 1 to 100
 * @param startWait startup timeout for a server that does not respond or is locked by another master; 0 to an hour
 */
@ConfigurationProperties("minimalcluster.postgres")
public record PostgresSettings(
        @DefaultValue("8") int readers, @DefaultValue("30s") Duration startWait) {
    private static final int MOST_READERS = 100;
    private static final Duration LONGEST = Duration.ofHours(1);

    public PostgresSettings {
        if (readers < 1 || readers > MOST_READERS) {
            throw new IllegalArgumentException("minimalcluster.postgres.readers must be 1 to " + MOST_READERS);
        }
        if (startWait.isNegative() || startWait.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("minimalcluster.postgres.start-wait must be 0s to 1h");
        }
    }
}
