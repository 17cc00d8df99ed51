package io.minimalcluster.worker.settings;

import io.minimalcluster.worker.master.AuthKey;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The addresses of the masters, and the key of the worker.
 *
 * @param masterUrl the masters, used in turn after failures
 * @param authkey the worker's key
 * @param authkeyFile a file with the key, read again when the key is refused
 */
@ConfigurationProperties("minimalcluster")
public record ConnectionSettings(
        @DefaultValue("http://localhost:8080") List<URI> masterUrl,
        @Nullable String authkey,
        @Nullable Path authkeyFile) {
    public ConnectionSettings {
        masterUrl = List.copyOf(masterUrl);
        if (authkey != null && !authkey.isBlank() && authkeyFile != null) {
            throw new IllegalArgumentException(
                    "both minimalcluster.authkey and minimalcluster.authkey-file are set, and one of them is the key");
        }
    }

    /** The addresses of the masters. */
    public MasterAddresses masters() {
        return new MasterAddresses(masterUrl);
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
