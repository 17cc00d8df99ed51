package io.minimalcluster.chaos.proxy;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy: the socket of the caller and that to the target. */
final class ProxyConnection implements AutoCloseable {
    private final Socket caller;
    private final Socket target;
    private volatile boolean lostBytes;
    private volatile DroppedResponses.@Nullable Loss loss;

    ProxyConnection(Socket caller, Socket target) throws IOException {
        this.caller = caller;
        this.target = target;
        caller.setTcpNoDelay(true);
        target.setTcpNoDelay(true);
    }

    Socket from(Direction direction) {
        return switch (direction) {
            case TO_TARGET -> caller;
            case FROM_TARGET -> target;
        };
    }

    Socket to(Direction direction) {
        return switch (direction) {
            case TO_TARGET -> target;
            case FROM_TARGET -> caller;
        };
    }

    /** The answer to the request that goes through now is to be lost. */
    void loses(DroppedResponses.Loss answer) {
        loss = answer;
    }

    DroppedResponses.@Nullable Loss loss() {
        return loss;
    }

    /** It swallowed something, so it can't go on when the fault is over. */
    void lostBytes() {
        lostBytes = true;
    }

    boolean hasLostBytes() {
        return lostBytes;
    }

    /** Ends both sides with a reset, as of a process that was killed or a router that forgot. */
    void reset() {
        reset(caller);
        reset(target);
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed already
        }
        close(socket);
    }

    @Override
    public void close() {
        close(caller);
        close(target);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // then the other side sees it soon enough
        }
    }
}
