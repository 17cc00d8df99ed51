package io.minimalcluster.master.worker;

import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.WaitDuration;
import io.minimalcluster.master.http.tomcat.ConnectionMonitor;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** HTTP endpoint for the long poll of workers. */
@RestController
@RequestMapping("/api/v1/workers")
class PollController {
    private final LongPoll poll;
    private final PollResponseWriter writer;
    private final ConnectionMonitor connections;

    PollController(LongPoll poll, PollResponseWriter writer, ConnectionMonitor connections) {
        this.poll = poll;
        this.writer = writer;
        this.connections = connections;
    }

    @PostMapping("/{id}/poll")
    @IgnoreUnknownQueryParameters
    ResponseEntity<byte[]> poll(
            HttpServletRequest call,
            @PathVariable WorkerId id,
            @LenientBody PollRequest request,
            @RequestParam(required = false) @Nullable String wait) {
        WorkerValidator.check(request);
        return poll.await(id, request, WaitDuration.of(wait).duration(), () -> connections.isClosed(call))
                .map(response -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(writer.write(response)))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }
}
