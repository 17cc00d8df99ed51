package io.minimalcluster.worker.settings;

import io.minimalcluster.model.support.ServerTrust;
import io.minimalcluster.model.support.TlsFailure;
import io.minimalcluster.worker.master.AuthKey;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The addresses of the masters, and the key of the worker.
 *
 * @param masterUrl the masters, used in turn after failures
 * @param authkey the worker's key
 * @param authkeyFile a file with the key, read again when the key is refused
 * @param caFile certificates of the authorities that sign the masters' certificates, in PEM format; null for those of
 *     the JDK. It is read again when it changes.
 */
@ConfigurationProperties("minimalcluster")
public record ConnectionSettings(
        @DefaultValue("http://localhost:8080") List<URI> masterUrl,
        @Nullable String authkey,
        @Nullable Path authkeyFile,
        @Nullable Path caFile) {
    private static final Logger log = LoggerFactory.getLogger(ConnectionSettings.class);

    public ConnectionSettings {
        masterUrl = List.copyOf(masterUrl);
        if (authkey != null && !authkey.isBlank() && authkeyFile != null) {
            throw new IllegalArgumentException(
                    "both minimalcluster.authkey and minimalcluster.authkey-file are set, and one of them is the key");
        }
    }

    /** The addresses of the masters. Warns about each that gets the key in plain text over a network. */
    public MasterAddresses masters() {
        masterUrl.stream()
                .filter(TlsFailure::exposesKey)
                .forEach(url -> log.warn(
                        "event=key.in-plain-text url={} remedy=\"a master with TLS, and its https address\"", url));
        return new MasterAddresses(masterUrl, caFile == null ? null : trust(caFile));
    }

    private static SSLContext trust(Path caFile) {
        try {
            return ServerTrust.authoritiesIn(caFile);
        } catch (NoSuchFileException _) {
            throw new IllegalArgumentException("minimalcluster.ca-file: there is no file " + caFile);
        } catch (IOException e) {
            throw new IllegalArgumentException("minimalcluster.ca-file: " + e.getMessage());
        }
    }

    /** The source of the key. */
    public KeySource key() {
        if (authkeyFile != null) {
            return KeySource.file(authkeyFile);
        }
        if (authkey == null || authkey.isBlank()) {
            throw new IllegalArgumentException("a worker needs the key of its master: set minimalcluster.authkey-file,"
                    + " or MINIMALCLUSTER_AUTHKEY in the environment");
        }
        return KeySource.given(AuthKey.of(authkey));
    }

    @Override
    public String toString() {
        return "ConnectionSettings" + masterUrl;
    }
}
