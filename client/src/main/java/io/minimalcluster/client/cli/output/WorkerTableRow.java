package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.worker.WorkerView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The row of a worker in a table. */
public final class WorkerTableRow {
    public static final List<String> HEADS =
            List.of("WORKER", "NAME", "STATE", "BUSY", "ISOLATION", "TASKS", "RATE", "SEEN");

    private WorkerTableRow() {}

    public static List<String> of(WorkerView worker, Instant now) {
        return List.of(
                worker.id().value(),
                worker.name() + (worker.local() ? " (local)" : ""),
                worker.state().name(),
                worker.busy() + "/" + worker.slots(),
                worker.isolation().name().toLowerCase(Locale.ROOT),
                ProgressFormatter.count(worker.tasksDone()),
                ProgressFormatter.rate(worker.rate()),
                ProgressFormatter.age(worker.lastSeenAt(), now));
    }
}
