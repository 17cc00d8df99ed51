package io.minimalcluster.client.demo;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.model.worker.WorkerView;
import java.util.List;
import java.util.Locale;

/** Formats the number of tasks that each worker ran. */
final class WorkerShares {
    private WorkerShares() {}

    static List<String> of(Client client, int workers) {
        return client.workers(Listing.first(workers)).items().stream()
                .map(WorkerShares::describe)
                .toList();
    }

    private static String describe(WorkerView worker) {
        return String.format(
                Locale.ROOT,
                "%s%s, process %d, %d slot%s: %,d tasks",
                worker.name(),
                worker.local() ? " (in the master)" : "",
                worker.pid(),
                worker.slots(),
                worker.slots() == 1 ? "" : "s",
                worker.tasksDone());
    }
}
