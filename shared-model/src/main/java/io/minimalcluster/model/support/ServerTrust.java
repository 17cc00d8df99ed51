package io.minimalcluster.model.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The certificates that a client accepts from a master. */
public final class ServerTrust {
    private ServerTrust() {}

    /**
     * Trusts certificates that an authority in a file has signed, instead of the authorities of the JDK. A certificate
     * without an authority is its own. The file is read again when it changes.
     *
     * @param caFile certificates in PEM format
     * @throws IOException if the file cannot be read or contains no certificate
     */
    public static SSLContext authoritiesIn(Path caFile) throws IOException {
        return contextOf(new FileTrustManager(caFile));
    }

    /**
     * Trusts one certificate, for whatever name it was issued.
     *
     * @param current the certificate at the time of each connection
     */
    public static SSLContext pinned(Callable<Certificate> current) {
        return contextOf(new PinnedTrustManager(current));
    }

    private static SSLContext contextOf(X509ExtendedTrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // each Java platform has it
        }
    }

    /** A trust manager of the authorities in a file. */
    static X509ExtendedTrustManager read(Path caFile) throws IOException {
        try (InputStream in = Files.newInputStream(caFile)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(caFile + " contains no certificate in PEM format");
            }
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            for (Certificate certificate : certificates) {
                authorities.setCertificateEntry("ca-" + authorities.size(), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            return List.of(factory.getTrustManagers()).stream()
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IOException("this JDK has no X.509 trust manager"));
        } catch (CertificateException e) {
            throw new IOException(caFile + " contains no certificate in PEM format", e);
        } catch (GeneralSecurityException e) {
            throw new IOException(caFile + ": " + e.getMessage(), e);
        }
    }

    private static final class PinnedTrustManager extends ServerTrustManager {
        private final Callable<Certificate> current;

        PinnedTrustManager(Callable<Certificate> current) {
            this.current = current;
        }

        @Override
        void check(X509Certificate[] chain, Check check) throws CertificateException {
            Certificate expected;
            try {
                expected = current.call();
            } catch (Exception e) {
                throw new CertificateException("the expected certificate cannot be read", e);
            }
            if (!expected.equals(chain[0])) {
                throw new CertificateException("the certificate is not that of this master");
            }
        }
    }
}
