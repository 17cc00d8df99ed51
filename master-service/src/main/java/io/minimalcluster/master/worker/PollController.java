package io.minimalcluster.master.worker;

import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.WaitDuration;
import io.minimalcluster.master.http.direct.DirectCall;
import io.minimalcluster.master.http.direct.DirectRequest;
import io.minimalcluster.master.http.direct.DirectRoute;
import io.minimalcluster.master.http.direct.JsonPieces;
import io.minimalcluster.master.http.tomcat.ConnectionMonitor;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
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
class PollController implements DirectCall {
    private final LongPoll poll;
    private final PollResponseWriter writer;
    private final ConnectionMonitor connections;
    private final LenientBodyReader bodies;

    PollController(LongPoll poll, PollResponseWriter writer, ConnectionMonitor connections, LenientBodyReader bodies) {
        this.poll = poll;
        this.writer = writer;
        this.connections = connections;
        this.bodies = bodies;
    }

    @PostMapping("/{id}/poll")
    @IgnoreUnknownQueryParameters
    ResponseEntity<byte[]> poll(
            HttpServletRequest call,
            @PathVariable WorkerId id,
            @LenientBody PollRequest request,
            @RequestParam(required = false) @Nullable String wait) {
        return poll(call, id, request, WaitDuration.of(wait))
                .map(response -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(response.toBytes()))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @Override
    public DirectRoute route() {
        return new DirectRoute("POST", "/api/v1/workers/{id}/poll", Set.of("wait"));
    }

    @Override
    public void answer(DirectRequest call) throws IOException {
        PollRequest request = bodies.read(call.request(), PollRequest.class);
        WorkerId id = new WorkerId(call.variable("id"));
        Optional<JsonPieces> response = poll(call.request(), id, request, WaitDuration.of(call.parameter("wait")));
        if (response.isPresent()) {
            call.answerJson(HttpServletResponse.SC_OK, response.get());
        } else {
            call.answerNothing();
        }
    }

    private Optional<JsonPieces> poll(HttpServletRequest call, WorkerId id, PollRequest request, WaitDuration wait) {
        WorkerValidator.check(request);
        return poll.await(id, request, wait.duration(), () -> connections.isClosed(call))
                .map(writer::write);
    }
}
