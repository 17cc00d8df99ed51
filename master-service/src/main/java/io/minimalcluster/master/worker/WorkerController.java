package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.AdditionalQueryParameters;
import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.http.direct.DirectCall;
import io.minimalcluster.master.http.direct.DirectRequest;
import io.minimalcluster.master.http.direct.DirectRoute;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** HTTP endpoints for registration, heartbeat and departure of workers, and for their management. */
@RestController
@RequestMapping("/api/v1/workers")
class WorkerController implements DirectCall {
    private static final Logger log = LoggerFactory.getLogger(WorkerController.class);

    private final Workers workers;
    private final Heartbeats heartbeats;
    private final PollRegistry pollRegistry;
    private final LeaseSettings settings;
    private final LenientBodyReader bodies;

    WorkerController(
            Workers workers,
            Heartbeats heartbeats,
            PollRegistry pollRegistry,
            LeaseSettings settings,
            LenientBodyReader bodies) {
        this.workers = workers;
        this.heartbeats = heartbeats;
        this.pollRegistry = pollRegistry;
        this.settings = settings;
        this.bodies = bodies;
    }

    @PostMapping
    @IgnoreUnknownQueryParameters
    ResponseEntity<AcceptedWorker> register(@LenientBody NewWorker worker) {
        WorkerValidator.check(worker);
        WorkerId id = workers.register(worker);
        log.info(
                "event=worker.registered worker={} name={} slots={} isolation={}",
                id,
                worker.name(),
                worker.slots(),
                worker.isolation());
        pollRegistry.notifyWork(1);
        return ResponseEntity.created(Links.to("/api/v1/workers/" + id))
                .body(new AcceptedWorker(id, settings.heartbeatSeconds(), settings.durationSeconds()));
    }

    @PostMapping("/{id}/heartbeat")
    @IgnoreUnknownQueryParameters
    ResponseEntity<Void> heartbeat(@PathVariable WorkerId id, @LenientBody Heartbeat heartbeat) {
        workers.checkKnown(id);
        heartbeats.add(id, heartbeat);
        return ResponseEntity.noContent().build();
    }

    @Override
    public DirectRoute route() {
        return new DirectRoute("POST", "/api/v1/workers/{id}/heartbeat", Set.of());
    }

    @Override
    public void answer(DirectRequest call) throws IOException {
        heartbeat(new WorkerId(call.variable("id")), bodies.read(call.request(), Heartbeat.class));
        call.answerNothing();
    }

    @DeleteMapping("/{id}")
    @IgnoreUnknownQueryParameters
    ResponseEntity<Void> leave(@PathVariable WorkerId id) {
        workers.checkKnown(id);
        if (workers.leave(id)) {
            pollRegistry.notifyAllWaiting();
        }
        log.info("event=worker.left worker={}", id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping
    @AdditionalQueryParameters({"limit", "after"})
    Page<WorkerView> list(PageRequest page, @RequestParam(required = false) @Nullable String state) {
        return workers.list(page, state == null ? null : state(state));
    }

    private static WorkerState state(String text) {
        return Arrays.stream(WorkerState.values())
                .filter(state -> state.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        Malformed.field("state", "state is one of " + Arrays.toString(WorkerState.values()) + "."));
    }

    @PostMapping("/{id}/drain")
    ResponseEntity<Void> drain(@PathVariable WorkerId id) {
        workers.set(id, WorkerState.DRAINING);
        pollRegistry.notifyOrders(List.of(id));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{id}/resume")
    ResponseEntity<Void> resume(@PathVariable WorkerId id) {
        workers.set(id, WorkerState.ACTIVE);
        pollRegistry.end(id); // the worker polls again at once, for work too
        return ResponseEntity.noContent().build();
    }
}
