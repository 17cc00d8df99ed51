package io.minimalcluster.master.job.stream;

import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.security.TestLongRunningRequests;
import java.time.Duration;

/** Factories of {@link OpenStreams} for tests. */
public final class TestStreams {
    private TestStreams() {}

    public static OpenStreams unlimited() {
        return of(new JobSubscriptions(), 10, Duration.ofMinutes(1));
    }

    public static OpenStreams of(JobSubscriptions subscriptions, int maxStreams, Duration keepAlive) {
        return new OpenStreams(
                subscriptions, TestLongRunningRequests.open(), new StreamSettings(maxStreams, maxStreams, keepAlive));
    }
}
