package io.minimalcluster.master.http;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP as Tomcat speaks it, but with more patience for a reader that pauses, as it may have to do something with what
 * it read, than for the sender of a header. Tomcat has one timeout for both.
 */
public final class PatientHttp extends Http11NioProtocol {
    private static final Duration READER_PAUSE = Duration.ofMinutes(2);

    /** Made by Tomcat, by the name of the class. */
    public PatientHttp() {
        super(new Patient());
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
    }
}
