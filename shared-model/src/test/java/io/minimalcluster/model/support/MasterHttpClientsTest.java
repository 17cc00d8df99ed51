package io.minimalcluster.model.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class MasterHttpClientsTest {
    private static final URI PLAIN = URI.create("http://127.0.0.1:8080");
    private static final URI TLS = URI.create("https://127.0.0.1:8443");

    @Test
    void trustStoreIsLoadedIfAnAddressNeedsIt() throws Exception {
        assertThat(contextFor(PLAIN, TLS)).isSameAs(SSLContext.getDefault());
        assertThat(contextFor(PLAIN)).isNotSameAs(SSLContext.getDefault());
    }

    private static SSLContext contextFor(URI... masters) {
        try (HttpClient client =
                MasterHttpClients.builder(List.of(masters), null).build()) {
            return client.sslContext();
        }
    }
}
