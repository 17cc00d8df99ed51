package io.minimalcluster.master.cluster;

import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.security.LongRunningRequests;
import io.minimalcluster.model.cluster.ClusterView;
import io.minimalcluster.model.support.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ETag;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Waits until the figures of the cluster differ from those that a caller has. All waiting callers share a read of the
 * store, at most one a second, so their number does not matter to it.
 */
@Component
class AwaitClusterChange {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<ClusterView> reader;
    private final JobSubscriptions subscriptions;
    private final LongRunningRequests longRunning;
    private final JsonMapper json;
    private final LongSupplier nanoTime;

    // All guarded by this.
    private @Nullable Figures latest;
    private long latestBegin;
    private long latestEnd;

    @Autowired
    AwaitClusterChange(
            ClusterViewReader reader,
            JobSubscriptions subscriptions,
            LongRunningRequests longRunning,
            JsonMapper json) {
        this(reader::read, subscriptions, longRunning, json, System::nanoTime);
    }

    AwaitClusterChange(
            Supplier<ClusterView> reader,
            JobSubscriptions subscriptions,
            LongRunningRequests longRunning,
            JsonMapper json,
            LongSupplier nanoTime) {
        this.reader = reader;
        this.subscriptions = subscriptions;
        this.longRunning = longRunning;
        this.json = json;
        this.nanoTime = nanoTime;
    }

    /**
     * Figures of the cluster.
     *
     * @param etag strong entity tag
     */
    record Figures(ClusterView view, String etag) {
        /** Compares as Spring does for the status 304: a proxy that compresses answers makes their tags weak. */
        boolean isAmong(List<ETag> tags) {
            ETag own = ETag.create(etag);
            return tags.stream().anyMatch(tag -> tag.isWildcard() || tag.compare(own, false));
        }
    }

    /** The present figures. */
    Figures now() {
        long begin = nanoTime.getAsLong();
        ClusterView view = reader.get();
        String etag = "\"" + Sha256.hex(json.writeValueAsBytes(view)).substring(0, 32) + "\"";
        return share(new Figures(view, etag), begin);
    }

    /** Shares figures, unless a read that began later has ended before. Returns those that are shared. */
    private synchronized Figures share(Figures figures, long begin) {
        Figures before = latest;
        if (before != null && begin - latestBegin < 0) {
            return before;
        }
        latest = figures;
        latestBegin = begin;
        latestEnd = nanoTime.getAsLong();
        return figures;
    }

    /**
     * Blocks until the figures have an entity tag that the caller does not know, or the wait has elapsed.
     *
     * @param known the header {@code If-None-Match}: entity tags, or an asterisk for any; null for none
     */
    Figures await(@Nullable String known, Duration wait) {
        if (known == null || wait.isZero()) {
            return now();
        }
        List<ETag> tags = ETag.parse(known);
        long start = nanoTime.getAsLong();
        Figures figures = shared();
        try {
            long left = wait.toNanos();
            while (figures.isAmong(tags)
                    && left > 0
                    && !subscriptions.awaitClosing(Duration.ofNanos(Math.min(left, nanosUntilRead())))) {
                figures = shared();
                left = wait.toNanos() - (nanoTime.getAsLong() - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        longRunning.check();
        return figures;
    }

    /** One caller at a time reads the store, and the others get what it has read. */
    private synchronized Figures shared() {
        Figures figures = latest;
        return figures == null || nanosUntilRead() <= 0 ? now() : figures;
    }

    private synchronized long nanosUntilRead() {
        return INTERVAL_NANOS - (nanoTime.getAsLong() - latestEnd);
    }
}
