package io.minimalcluster.worker.master;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.jspecify.annotations.Nullable;

/** Configures the HTTP client of the worker API: what it needs, and nothing that acts on its own. */
final class MasterHttpClient {
    /** More than a worker has open calls: one per slot, and a few for the worker itself. */
    private static final int MAX_CONNECTIONS = 2_000;

    private MasterHttpClient() {}

    static CloseableHttpClient create(MasterAddresses addresses, Duration connect) {
        return HttpClients.custom()
                .setConnectionManager(connections(addresses, connect))
                .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("minimalcluster-worker")
                .disableAuthCaching()
                .disableAutomaticRetries() // RetryingCaller retries, perhaps at another master
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
    }

    private static HttpClientConnectionManager connections(MasterAddresses addresses, Duration connect) {
        PoolingHttpClientConnectionManagerBuilder builder = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(tls(addresses.all(), addresses.trust()))
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        // A master may reject a large body before it has read the body.
                        .responseOutOfOrderStrategy(MonitoringResponseOutOfOrderStrategy.INSTANCE)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
                        .build());
        return builder.build();
    }

    /** The trust store is loaded only if an address needs it. */
    private static TlsSocketStrategy tls(List<URI> masters, @Nullable SSLContext trust) {
        if (masters.stream().allMatch(master -> "http".equalsIgnoreCase(master.getScheme()))) {
            return (_, _, _, _, _) -> {
                throw new SSLException("no address of a master begins with https://");
            };
        }
        return trust == null ? DefaultClientTlsStrategy.createSystemDefault() : new DefaultClientTlsStrategy(trust);
    }
}
