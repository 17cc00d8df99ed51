package io.minimalcluster.master.cluster;

import io.minimalcluster.model.support.ServerTrust;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** The certificate of this master, for its local worker. */
@Component
final class MasterCertificate {
    private final ServerProperties server;
    private final SslBundles bundles;

    /** The certificate of the start; null without TLS, and for a bundle, which may be reloaded. */
    private final @Nullable Certificate fixed;

    MasterCertificate(ServerProperties server, SslBundles bundles) throws GeneralSecurityException {
        this.server = server;
        this.bundles = bundles;
        Ssl ssl = server.getSsl();
        // the server reads files only at its start
        this.fixed = ssl == null || !ssl.isEnabled() || ssl.getBundle() != null ? null : current(ssl);
    }

    /**
     * Trust in this certificate alone. The local worker connects to an address of this machine, for which the
     * certificate need not be issued. A reloaded certificate counts from then on.
     */
    @Nullable
    SSLContext trust() {
        Ssl ssl = server.getSsl();
        if (ssl == null || !ssl.isEnabled()) {
            return null;
        }
        @Nullable Certificate served = fixed;
        return ServerTrust.pinned(() -> served == null ? current(ssl) : served);
    }

    private Certificate current(Ssl ssl) throws GeneralSecurityException {
        SslBundle bundle = WebServerSslBundle.get(ssl, bundles);
        @Nullable KeyStore keys = bundle.getStores().getKeyStore();
        if (keys == null) {
            throw new GeneralSecurityException("there is no key store");
        }
        @Nullable String chosen = bundle.getKey().getAlias();
        for (String alias : chosen == null ? Collections.list(keys.aliases()) : Collections.singletonList(chosen)) {
            if (keys.isKeyEntry(alias)) {
                return keys.getCertificate(alias);
            }
        }
        throw new GeneralSecurityException("there is no key in the key store");
    }
}
