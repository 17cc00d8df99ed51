package io.minimalcluster.model.worker;

import io.minimalcluster.model.WorkerId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The registration of a worker.
 *
 * @param slots the number of concurrent batches, at least 1
 * @param pid the process id on the host
 * @param protocol the version of the worker protocol
 * @param replaces the previous id of the worker, whose leases are released
 * @param local whether the worker is part of a master; null means false
 * @param network whether the worker provides network access to jobs that require it; null means false
 * @param memoryBytes the heap of each executor; null if unknown
 */
public record NewWorker(
        String name,
        int slots,
        Map<String, String> labels,
        Isolation isolation,
        String version,
        String javaVersion,
        long pid,
        int protocol,
        @Nullable WorkerId replaces,
        @Nullable String host,
        @Nullable Boolean local,
        @Nullable Boolean network,
        @Nullable Long memoryBytes) {
    /** The current version of the worker protocol. */
    public static final int PROTOCOL = 1;
}
