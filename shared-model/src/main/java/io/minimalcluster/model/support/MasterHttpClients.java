package io.minimalcluster.model.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Builders of HTTP clients for the API of masters, which supports HTTP/1.1 only. */
public final class MasterHttpClients {
    private MasterHttpClients() {}

    /**
     * A builder without TLS if no address needs it. The trust store takes a fifth of the CPU time of a short-lived
     * client.
     *
     * @param trust the accepted certificates, from {@link ServerTrust}; null for those of the JDK
     */
    public static HttpClient.Builder builder(Collection<URI> masters, @Nullable SSLContext trust) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
        if (masters.stream().allMatch(master -> "http".equalsIgnoreCase(master.getScheme()))) {
            return builder.sslContext(uninitialized()).sslParameters(new SSLParameters());
        }
        return trust == null ? builder : builder.sslContext(trust);
    }

    private static SSLContext uninitialized() {
        try {
            return SSLContext.getInstance("TLS");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java platform has it
        }
    }
}
