package io.minimalcluster.master.worker;

import io.minimalcluster.master.http.AnyQuery;
import io.minimalcluster.master.http.Connections;
import io.minimalcluster.master.http.Wait;
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

/** The call that brings work to a worker. */
@RestController
@RequestMapping("/api/v1/workers")
class PollController {
    private final Poll poll;
    private final PollAnswerWriter writer;
    private final Connections connections;

    PollController(Poll poll, PollAnswerWriter writer, Connections connections) {
        this.poll = poll;
        this.writer = writer;
        this.connections = connections;
    }

    @PostMapping("/{id}/poll")
    @AnyQuery
    ResponseEntity<byte[]> poll(
            HttpServletRequest call,
            @PathVariable WorkerId id,
            @LenientBody PollRequest request,
            @RequestParam(required = false) @Nullable String wait) {
        WorkerRules.check(request);
        return poll.await(id, request, Wait.of(wait).duration(), () -> connections.isClosed(call))
                .map(answer -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(writer.write(answer)))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }
}
