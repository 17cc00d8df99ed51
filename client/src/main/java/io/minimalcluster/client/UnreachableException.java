package io.minimalcluster.client;

import io.minimalcluster.model.support.TlsFailure;
import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/**
 * Thrown when the connection fails, times out or ends within a response. Whether the master processed the request is
 * unknown.
 */
public final class UnreachableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreachableException(URI master, IOException cause) {
        super("no answer from " + master + ": " + TlsFailure.describe(cause).orElseGet(() -> reason(cause)), cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> "it took too long";
            case ConnectException refused
            when refused.getCause() instanceof ConnectException inner ->
                inner.getCause() instanceof UnresolvedAddressException ? "unknown host" : "nothing listens there";
            case ConnectException _ -> "nothing listens there";
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
