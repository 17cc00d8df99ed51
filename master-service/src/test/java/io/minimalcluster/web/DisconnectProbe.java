package io.minimalcluster.web;

import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.tomcat.ConnectionMonitor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Replacement of the poll endpoint that responds after its client disconnects. */
@RestController
public class DisconnectProbe {
    private final ConnectionMonitor connections;
    private final CompletableFuture<Boolean> closedAtStart = new CompletableFuture<>();
    private final CompletableFuture<String> disconnected = new CompletableFuture<>();

    DisconnectProbe(ConnectionMonitor connections) {
        this.connections = connections;
    }

    /** Completes when a request arrives, with true if its connection is already closed. */
    public CompletableFuture<Boolean> closedAtStart() {
        return closedAtStart;
    }

    /** Completes with the request body when the client disconnects. */
    public CompletableFuture<String> disconnected() {
        return disconnected;
    }

    @PostMapping("/api/v1/workers/{id}/poll")
    @IgnoreUnknownQueryParameters
    String awaitDisconnect(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        if (body.length == 0) { // a request of another test
            return "";
        }
        closedAtStart.complete(connections.isClosed(request));
        while (!connections.isClosed(request)) {
            Thread.onSpinWait();
        }
        disconnected.complete(new String(body, StandardCharsets.UTF_8));
        return "unread";
    }
}
