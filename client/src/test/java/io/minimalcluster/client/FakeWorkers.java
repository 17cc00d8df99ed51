package io.minimalcluster.client;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The workers of a {@link FakeMaster}: at first the local worker. */
final class FakeWorkers {
    private final List<WorkerView> workers = new CopyOnWriteArrayList<>(List.of(worker("worker-1", "host-7", true)));

    List<WorkerView> all() {
        return workers;
    }

    List<WorkerView> active() {
        return workers.stream()
                .filter(worker -> worker.state() == WorkerState.ACTIVE)
                .toList();
    }

    void add(String name) {
        workers.add(worker("worker-" + (workers.size() + 1), name, false));
    }

    void move(String id, WorkerState state) {
        workers.replaceAll(worker -> worker.id().value().equals(id) ? in(state, worker) : worker);
    }

    private static WorkerView in(WorkerState state, WorkerView worker) {
        return new WorkerView(
                worker.id(),
                worker.name(),
                worker.host(),
                worker.pid(),
                worker.slots(),
                0,
                state,
                worker.isolation(),
                worker.local(),
                worker.labels(),
                worker.version(),
                worker.registeredAt(),
                worker.lastSeenAt(),
                worker.tasksDone(),
                worker.rate(),
                null,
                null);
    }

    private static WorkerView worker(String id, String name, boolean local) {
        return new WorkerView(
                new WorkerId(id),
                name,
                "host",
                7,
                2,
                1,
                WorkerState.ACTIVE,
                Isolation.BUBBLEWRAP,
                local,
                Map.of(),
                "0.1.0",
                FakeMaster.NOW,
                FakeMaster.NOW,
                12_345,
                678.9,
                null,
                null);
    }
}
