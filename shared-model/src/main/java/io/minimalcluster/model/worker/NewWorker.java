package io.minimalcluster.model.worker;

import io.minimalcluster.model.WorkerId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of itself when it registers.
 *
 * @param slots how many tasks it runs at a time, at least 1
 * @param pid its process id on its host
 * @param protocol the version of the worker calls it speaks
 * @param replaces the id it had before, whose leases go free
 * @param local whether a master runs it itself; null is no
 * @param network whether it gives the network to jobs that ask for it; null is no
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
        @Nullable Boolean network) {
    /** The protocol that this code speaks. */
    public static final int PROTOCOL = 1;
}
