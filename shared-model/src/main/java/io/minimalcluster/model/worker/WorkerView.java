package io.minimalcluster.model.worker;

import io.minimalcluster.model.WorkerId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The view of a worker.
 *
 * @param busy the number of slots with a batch
 * @param local whether the worker is part of a master
 * @param tasksDone the number of outcomes recorded from this worker
 * @param rate recent tasks per second
 * @param trouble the reason why the worker cannot run tasks; null if it can
 * @param load the load of its machine; null if this master does not know it
 */
public record WorkerView(
        WorkerId id,
        String name,
        @Nullable String host,
        long pid,
        int slots,
        int busy,
        WorkerState state,
        Isolation isolation,
        boolean local,
        Map<String, String> labels,
        String version,
        Instant registeredAt,
        Instant lastSeenAt,
        long tasksDone,
        double rate,
        @Nullable String trouble,
        @Nullable MachineLoad load) {}
