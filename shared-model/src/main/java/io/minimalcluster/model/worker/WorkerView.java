package io.minimalcluster.model.worker;

import io.minimalcluster.model.WorkerId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker as it is shown.
 *
 * @param busy slots that have a batch
 * @param local whether it is a part of a master
 * @param tasksDone outcomes recorded of it
 * @param rate tasks a second, lately
 * @param trouble why it takes no work, where it can't run anything
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
        @Nullable String trouble) {}
