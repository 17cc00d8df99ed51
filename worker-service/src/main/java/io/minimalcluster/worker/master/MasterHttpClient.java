package io.minimalcluster.worker.master;

import io.minimalcluster.worker.master.MasterHttp.ProblemStatusException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
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
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** The HTTP client of the worker API with its connections. It does what it is told, and nothing on its own. */
final class MasterHttpClient implements AutoCloseable {
    /** More than a worker has open calls: one per slot, and a few for the worker itself. */
    private static final int MAX_CONNECTIONS = 2_000;

    private static final TimeValue MAX_IDLE = TimeValue.ofSeconds(30);

    /** A check takes a millisecond, so connections in steady use are not checked. */
    private static final TimeValue UNCHECKED_IDLE = TimeValue.ofMilliseconds(200);

    /** Bytes of a request body between two checks for an early response, each of which takes a millisecond. */
    private static final long RESPONSE_CHECK_BYTES = 256 * 1024;

    private final HttpClientConnectionManager connections;
    private final CloseableHttpClient client;

    MasterHttpClient(MasterAddresses addresses, Duration connect) {
        this.connections = connections(addresses, connect);
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("minimalcluster-worker")
                .evictExpiredConnections()
                .evictIdleConnections(MAX_IDLE)
                .disableAuthCaching()
                .disableAutomaticRetries() // RetryingCaller retries, perhaps at another master
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
    }

    private static HttpClientConnectionManager connections(MasterAddresses addresses, Duration connect) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(tls(addresses.all(), addresses.trust()))
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        // A master may reject a large body before it has read the body.
                        .responseOutOfOrderStrategy(new MonitoringResponseOutOfOrderStrategy(RESPONSE_CHECK_BYTES))
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
                        .setValidateAfterInactivity(UNCHECKED_IDLE)
                        .build())
                .build();
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

    /**
     * Sends a request.
     *
     * @throws IOException if the call fails; a reader that fails closes the connection
     */
    <T> T execute(HttpUriRequestBase request, HttpClientResponseHandler<T> reader) throws IOException {
        return client.execute(request, response -> {
            try {
                return reader.handleResponse(response);
            } catch (ProblemStatusException e) {
                throw e; // its body is read, so the connection can be used again
            } catch (IOException | RuntimeException e) {
                request.cancel(); // otherwise the client reads the rest of the body
                throw e;
            }
        });
    }

    /** Closes all connections without a call: after a timeout they may lead nowhere. */
    void closeIdle() {
        if (connections instanceof ConnPoolControl<?> pool) {
            pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
        }
    }

    /** Closes the connections and aborts open calls. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
