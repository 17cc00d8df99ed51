package io.minimalcluster.master.http;

import io.minimalcluster.master.StartupException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Checks the listen address. Any address but loopback requires TLS or {@code allow-plaintext}. */
@Component
public final class ListenAddress {
    private final boolean loopback;

    ListenAddress(ServerProperties server, HttpSettings settings) {
        this.loopback = isLoopback(server.getAddress());
        if (!loopback && !Ssl.isEnabled(server.getSsl()) && !settings.allowPlaintext()) {
            throw new StartupException(
                    "keys would cross the network in plain text: listen on 127.0.0.1 (server.address), "
                            + "configure TLS (server.ssl), or set minimalcluster.allow-plaintext=true if the network is trusted");
        }
    }

    /** Null means all interfaces. */
    static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }

    boolean isLoopback() {
        return loopback;
    }
}
