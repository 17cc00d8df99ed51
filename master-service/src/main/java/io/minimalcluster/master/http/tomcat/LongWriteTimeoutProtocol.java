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
 * HTTP as Tomcat speaks it, but with more patience for a reader that pauses, as it may have to do something with what
 * it read, than for the sender of a header; Tomcat has one timeout for both. And it can tell who hung up.
 */
public final class LongWriteTimeoutProtocol extends Http11NioProtocol {
    private static final Duration READER_PAUSE = Duration.ofMinutes(2);

    private final Patient endpoint;

    /** Made by Tomcat, by the name of the class. */
    public LongWriteTimeoutProtocol() {
        this(new Patient());
    }

    private LongWriteTimeoutProtocol(Patient endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Whether the other end has closed a connection, of which the request has been read. */
    boolean isClosed(Ends ends) {
        return endpoint.isClosed(ends);
    }

    private static final class Patient extends NioEndpoint {
        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            boolean taken = super.setSocketOptions(socket);
            SocketWrapperBase<NioChannel> connection = connections.get(socket);
            if (connection != null) {
                connection.setWriteTimeout(READER_PAUSE.toMillis());
            }
            return taken;
        }

        boolean isClosed(Ends ends) {
            return connections.values().stream()
                    .filter(connection -> !connection.isClosed() && isBetween(connection, ends))
                    .anyMatch(Patient::isClosed);
        }

        private static boolean isBetween(SocketWrapperBase<NioChannel> connection, Ends ends) {
            return connection.getRemotePort() == ends.remotePort()
                    && ends.remote().equals(connection.getRemoteAddr())
                    && ends.local().equals(connection.getLocalAddr());
        }

        /** Nothing is to come before the answer, so the end of the stream is what there can be to read. */
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
