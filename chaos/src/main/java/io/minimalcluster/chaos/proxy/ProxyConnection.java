package io.minimalcluster.chaos.proxy;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A connection through the proxy, with a socket to the caller and one to the target. */
final class ProxyConnection implements AutoCloseable {
    private final Socket caller;
    private final Socket target;
    private volatile boolean hasDiscardedBytes;
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

    /** Sets that the response to the current request is to be dropped. */
    void setLoss(DroppedResponses.Loss answer) {
        loss = answer;
    }

    DroppedResponses.@Nullable Loss loss() {
        return loss;
    }

    /** Records that bytes were discarded, so that the connection cannot continue after the fault. */
    void recordDiscardedBytes() {
        hasDiscardedBytes = true;
    }

    boolean hasDiscardedBytes() {
        return hasDiscardedBytes;
    }

    /** Resets both sides, like a killed process or a router that lost its state. */
    void reset() {
        reset(caller);
        reset(target);
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // already closed
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
            // the other side notices
        }
    }
}
