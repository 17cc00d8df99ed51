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

    MasterCertificate(ServerProperties server, SslBundles bundles) {
        this.server = server;
        this.bundles = bundles;
    }

    /**
     * Trust in this certificate alone. The local worker connects to an address of this machine, for which the
     * certificate need not be issued. A reloaded certificate counts from then on.
     */
    @Nullable
    SSLContext trust() {
        Ssl ssl = server.getSsl();
        return ssl == null || !ssl.isEnabled() ? null : ServerTrust.pinned(() -> current(ssl));
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
