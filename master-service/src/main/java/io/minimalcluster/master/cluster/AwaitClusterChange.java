package io.minimalcluster.master.cluster;

import io.minimalcluster.master.job.notify.JobSubscription;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.security.LongRunningRequests;
import io.minimalcluster.model.cluster.ClusterView;
import io.minimalcluster.model.support.Sha256;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Waits until the figures of the cluster differ from those that a caller has. All waiting callers share a read of the
 * store, so their number does not matter to it.
 */
@Component
class AwaitClusterChange {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** No job has this number. */
    private static final long NO_JOB = 0;

    private final ClusterViewReader reader;
    private final JobSubscriptions subscriptions;
    private final LongRunningRequests longRunning;
    private final JsonMapper json;

    private @Nullable Figures latest; // guarded by this
    private long latestNanos; // guarded by this

    AwaitClusterChange(
            ClusterViewReader reader,
            JobSubscriptions subscriptions,
            LongRunningRequests longRunning,
            JsonMapper json) {
        this.reader = reader;
        this.subscriptions = subscriptions;
        this.longRunning = longRunning;
        this.json = json;
    }

    /**
     * Figures of the cluster.
     *
     * @param etag strong entity tag
     */
    record Figures(ClusterView view, String etag) {}

    /** The present figures. */
    Figures now() {
        long nanos = System.nanoTime();
        ClusterView view = reader.read();
        Figures figures = new Figures(
                view, "\"" + Sha256.hex(json.writeValueAsBytes(view)).substring(0, 32) + "\"");
        share(figures, nanos);
        return figures;
    }

    private synchronized void share(Figures figures, long nanos) {
        latest = figures;
        latestNanos = nanos;
    }

    /**
     * Blocks until the figures have another entity tag, or the wait has elapsed.
     *
     * @param known entity tag of the figures that the caller has; null for none
     */
    Figures await(@Nullable String known, Duration wait) {
        if (known == null || wait.isZero()) {
            return now();
        }
        Figures figures = shared();
        long start = System.nanoTime();
        try (JobSubscription subscription = subscriptions.follow(NO_JOB)) {
            while (figures.etag().equals(known)
                    && System.nanoTime() - start < wait.toNanos()
                    && !subscription.isClosing()) {
                subscription.await(INTERVAL);
                figures = shared();
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
        if (figures != null && System.nanoTime() - latestNanos < INTERVAL.toNanos() / 2) {
            return figures;
        }
        return now();
    }
}
