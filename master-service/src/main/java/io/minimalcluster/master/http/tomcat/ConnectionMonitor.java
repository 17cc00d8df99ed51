package io.minimalcluster.master.http.tomcat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/**
 * Tells whether who asked still waits for the answer: Tomcat itself notices that nobody does when it has written it.
 */
@Component
public final class ConnectionMonitor {
    private final List<LongWriteTimeoutProtocol> protocols = new CopyOnWriteArrayList<>();

    /** What tells a connection of a port from others; one may come from the same place to another address of ours. */
    record Ends(String local, String remote, int remotePort) {
        static Ends of(HttpServletRequest request) {
            return new Ends(request.getLocalAddr(), request.getRemoteAddr(), request.getRemotePort());
        }
    }

    void are(LongWriteTimeoutProtocol protocol) {
        protocols.add(protocol);
    }

    /**
     * Whether the other end has hung up, as far as is known here. To be asked by the thread that serves the request,
     * when it has read its body.
     */
    public boolean isClosed(HttpServletRequest request) {
        return protocols.stream()
                .anyMatch(http -> http.getLocalPort() == request.getLocalPort() && http.isClosed(Ends.of(request)));
    }
}
