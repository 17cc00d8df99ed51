package io.minimalcluster.master.http.tomcat;

import io.minimalcluster.master.http.tomcat.ConnectionMonitor.Ends;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP protocol of Tomcat with a longer write timeout, because a client may process a response while reading it. Tomcat
 * has one timeout for reading and writing. Also detects disconnected clients.
 */
public final class LongWriteTimeoutProtocol extends Http11NioProtocol {
    private static final Duration WRITE_TIMEOUT = Duration.ofMinutes(2);

    private final Endpoint endpoint;

    /** Called by Tomcat by reflection. */
    public LongWriteTimeoutProtocol() {
        this(new Endpoint());
    }

    private LongWriteTimeoutProtocol(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Whether the client has closed the connection. The request must have been read. */
    boolean isClosed(Ends ends) {
        return endpoint.isClosed(ends);
    }

    private static final class Endpoint extends NioEndpoint {
        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            boolean taken = super.setSocketOptions(socket);
            SocketWrapperBase<NioChannel> connection = connections.get(socket);
            if (connection != null) {
                connection.setWriteTimeout(WRITE_TIMEOUT.toMillis());
            }
            return taken;
        }

        boolean isClosed(Ends ends) {
            return connections.values().stream()
                    .filter(connection -> !connection.isClosed() && isBetween(connection, ends))
                    .anyMatch(Endpoint::isClosed);
        }

        private static boolean isBetween(SocketWrapperBase<NioChannel> connection, Ends ends) {
            return connection.getRemotePort() == ends.remotePort()
                    && ends.remote().equals(connection.getRemoteAddr())
                    && ends.local().equals(connection.getLocalAddr());
        }

        /** The client sends nothing before it has the response, so only the end of the stream can become readable. */
        private static boolean isClosed(SocketWrapperBase<NioChannel> connection) {
            try {
                connection.isReadyForRead();
                return false;
            } catch (IOException e) {
                return true;
            }
        }
    }
}
