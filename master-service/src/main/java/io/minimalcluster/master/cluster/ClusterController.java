package io.minimalcluster.master.cluster;

import io.minimalcluster.master.cluster.AwaitClusterChange.Figures;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.http.WaitDuration;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.model.cluster.ClusterView;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints of the cluster: status, local worker, shutdown. */
@RestController
@RequestMapping("/api/v1/cluster")
class ClusterController {
    /** Drain limit of the local worker, equal to that of a separate worker. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(25);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final AwaitClusterChange changes;
    private final LocalWorker localWorker;
    private final ShutdownMaster stop;
    private final PollRegistry pollRegistry;

    ClusterController(
            AwaitClusterChange changes, LocalWorker localWorker, ShutdownMaster stop, PollRegistry pollRegistry) {
        this.changes = changes;
        this.localWorker = localWorker;
        this.stop = stop;
        this.pollRegistry = pollRegistry;
    }

    /**
     * JSON form of the local worker.
     *
     * @param joined whether the worker is running
     */
    record LocalWorkerView(boolean joined, int slots) {}

    /** Spring answers 304 if the caller has these figures. */
    @GetMapping
    ResponseEntity<ClusterView> get(
            @RequestParam(required = false) @Nullable String wait,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        Figures figures = changes.await(known, WaitDuration.of(wait).duration());
        return ResponseEntity.ok().eTag(figures.etag()).body(figures.view());
    }

    @PostMapping("/local-worker")
    LocalWorkerView join() {
        if (pollRegistry.isClosed()) {
            throw new Unavailable("The master is shutting down.", RETRY_AFTER);
        }
        localWorker.join();
        return new LocalWorkerView(localWorker.hasJoined(), localWorker.slots());
    }

    @DeleteMapping("/local-worker")
    ResponseEntity<Void> leave() {
        localWorker.leave(DRAIN_LIMIT);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/shutdown")
    ResponseEntity<Void> shutdown(@RequestParam(defaultValue = "false") boolean workers) {
        stop.stop(workers);
        return ResponseEntity.accepted().build();
    }
}
