package io.minimalcluster.worker.batch;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.worker.executor.protocol.SharedValue;
import io.minimalcluster.worker.master.MasterCallException;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An LRU cache of the values that jobs share among their tasks. */
public final class SharedValueCache {
    private static final long MAX_BYTES = 64L << 20;

    private final Source source;
    // by digest; guarded by itself
    private final Map<String, SharedValue> values = new LinkedHashMap<>(16, 0.75f, true);

    /** Downloads shared values. */
    @FunctionalInterface
    public interface Source {
        /** Fetches the shared value of a lease's job, and checks it against its digest. */
        byte[] fetch(WorkerId worker, LeaseId lease, String digest)
                throws MasterCallException, IOException, InterruptedException;
    }

    public SharedValueCache(Source source) {
        this.source = source;
    }

    /** The shared value of a batch; empty if its job has none. */
    Optional<SharedValue> of(LeasedBatch batch) throws MasterCallException, IOException, InterruptedException {
        String digest = batch.batch().shared();
        if (digest == null) {
            return Optional.empty();
        }
        Optional<SharedValue> cached = find(digest);
        if (cached.isPresent()) {
            return cached;
        }
        SharedValue fetched = new SharedValue(digest, source.fetch(batch.worker(), batch.leaseId(), digest));
        keep(fetched);
        return Optional.of(fetched);
    }

    private Optional<SharedValue> find(String digest) {
        synchronized (values) {
            return Optional.ofNullable(values.get(digest));
        }
    }

    private void keep(SharedValue fetched) {
        synchronized (values) {
            values.put(fetched.digest(), fetched);
            long bytes = values.values().stream()
                    .mapToLong(value -> value.json().length)
                    .sum();
            for (Iterator<SharedValue> oldest = values.values().iterator(); bytes > MAX_BYTES && oldest.hasNext(); ) {
                bytes -= oldest.next().json().length;
                oldest.remove();
            }
        }
    }
}
