package io.minimalcluster.master.http.tomcat;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Detects whether the client of a request has disconnected. Tomcat itself notices a disconnect only when it writes. */
@Component
public final class ConnectionMonitor {
    private final List<LongWriteTimeoutProtocol> protocols = new CopyOnWriteArrayList<>();

    /**
     * Identifies a connection of a local port. The local address is part of it, because the server may have several.
     */
    record Endpoints(String local, String remote, int remotePort) {
        static Endpoints of(HttpServletRequest request) {
            ServletRequest own = request;
            while (own instanceof ServletRequestWrapper wrapper) {
                own = wrapper.getRequest(); // a proxy's caller has another address
            }
            return new Endpoints(own.getLocalAddr(), own.getRemoteAddr(), own.getRemotePort());
        }
    }

    void register(LongWriteTimeoutProtocol protocol) {
        protocols.add(protocol);
    }

    /**
     * Whether the client has closed the connection, as far as is known. Must be called by the thread that serves the
     * request, after it has read the body.
     */
    public boolean isClosed(HttpServletRequest request) {
        return protocols.stream()
                .anyMatch(
                        http -> http.getLocalPort() == request.getLocalPort() && http.isClosed(Endpoints.of(request)));
    }
}
