package io.minimalcluster.master.http.tomcat;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP processor that closes a connection whose request head takes too long. Tomcat limits the pauses in a head only.
 */
final class HeadTimeoutProcessor extends Http11Processor {
    private static final long NOT_STARTED = -1;

    private final Duration timeout;

    HeadTimeoutProcessor(AbstractHttp11Protocol<?> protocol, Duration timeout) {
        super(protocol, protocol.getAdapter());
        this.timeout = timeout;
    }

    /** Called by Tomcat when a head can be read. The request has a start time if a part of its head has been read. */
    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        long start = request.getStartTimeNanos();
        return start != NOT_STARTED && System.nanoTime() - start > timeout.toNanos()
                ? SocketState.CLOSED
                : super.service(socket);
    }
}
