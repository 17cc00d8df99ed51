package io.minimalcluster.web;

import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.tomcat.ConnectionMonitor;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stands for the poll: answers when its caller has hung up, and tells whether he had at first. */
@RestController
public class DisconnectProbe {
    private final ConnectionMonitor connections;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private final CompletableFuture<String> seen = new CompletableFuture<>();

    DisconnectProbe(ConnectionMonitor connections) {
        this.connections = connections;
    }

    /** Whether it was closed when the call came. */
    public CompletableFuture<Boolean> begun() {
        return begun;
    }

    /** Done when a caller has hung up. */
    public CompletableFuture<String> seen() {
        return seen;
    }

    @PostMapping("/api/v1/workers/{id}/poll")
    @IgnoreUnknownQueryParameters
    String waitForIt(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        if (body.length == 0) { // of a test of something else
            return "";
        }
        begun.complete(connections.isClosed(request));
        while (!connections.isClosed(request)) {
            Thread.onSpinWait();
        }
        seen.complete(new String(body, StandardCharsets.UTF_8));
        return "nobody reads this";
    }
}
