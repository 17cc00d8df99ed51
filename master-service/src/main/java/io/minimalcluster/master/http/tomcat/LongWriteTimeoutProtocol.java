package io.minimalcluster.master.http.tomcat;

import io.minimalcluster.master.http.tomcat.ConnectionMonitor.Endpoints;
import io.minimalcluster.master.limit.RateLimiter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP protocol of Tomcat with a longer write timeout, because a client may process a response while reading it. Tomcat
 * has one timeout for reading and writing. Also limits the time of a request head and the connections of an address,
 * and detects disconnected clients.
 */
public final class LongWriteTimeoutProtocol extends Http11NioProtocol {
    private static final Logger log = LoggerFactory.getLogger(LongWriteTimeoutProtocol.class);
    private static final Duration WRITE_TIMEOUT = Duration.ofMinutes(2);

    private final Endpoint endpoint;
    private Duration headTimeout = Duration.ofSeconds(10);

    /** Called by Tomcat by reflection. */
    public LongWriteTimeoutProtocol() {
        this(new Endpoint());
    }

    private LongWriteTimeoutProtocol(Endpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Sets the maximum time from the first byte of a request to the end of its headers. */
    void setHeadTimeout(Duration timeout) {
        headTimeout = timeout;
    }

    /**
     * Limits the open connections of each remote address.
     *
     * @param isExempt whether an address is not limited
     */
    void setConnectionsPerAddress(int max, Predicate<String> isExempt) {
        endpoint.connectionsPerAddress = max;
        endpoint.isExempt = isExempt;
    }

    @Override
    protected Processor createProcessor() {
        return new HeadTimeoutProcessor(this, headTimeout);
    }

    /** Whether the client has closed the connection. The request must have been read. */
    boolean isClosed(Endpoints ends) {
        return endpoint.isClosed(ends);
    }

    private static final class Endpoint extends NioEndpoint {
        private final RateLimiter logLines = new RateLimiter(1, Duration.ofMinutes(1), 1, System::nanoTime);
        private int connectionsPerAddress = Integer.MAX_VALUE;
        private Predicate<String> isExempt = _ -> false;

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (hasTooManyConnections(socket)) {
                destroySocket(socket);
                return false;
            }
            boolean taken = super.setSocketOptions(socket);
            SocketWrapperBase<NioChannel> connection = connections.get(socket);
            if (connection != null) {
                connection.setWriteTimeout(WRITE_TIMEOUT.toMillis());
            }
            return taken;
        }

        /** Counts only if the limit can be reached, so that a connection usually costs nothing. */
        private boolean hasTooManyConnections(SocketChannel socket) {
            if (connections.size() < connectionsPerAddress) {
                return false;
            }
            InetAddress address = remoteAddress(socket);
            if (address == null || isExempt.test(address.getHostAddress())) {
                return false;
            }
            long open = connections.keySet().stream()
                    .filter(other -> address.equals(remoteAddress(other)))
                    .limit(connectionsPerAddress)
                    .count();
            if (open < connectionsPerAddress) {
                return false;
            }
            if (logLines.tryTake("")) {
                log.warn("event=connection.refused from={} open={}", address.getHostAddress(), open);
            }
            return true;
        }

        private static @Nullable InetAddress remoteAddress(SocketChannel socket) {
            try {
                return socket.getRemoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
            } catch (IOException e) {
                return null; // closed meanwhile
            }
        }

        boolean isClosed(Endpoints ends) {
            return connections.values().stream()
                    .filter(connection -> !connection.isClosed() && isBetween(connection, ends))
                    .anyMatch(Endpoint::isClosed);
        }

        private static boolean isBetween(SocketWrapperBase<NioChannel> connection, Endpoints ends) {
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
