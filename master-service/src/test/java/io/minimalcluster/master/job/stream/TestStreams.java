package io.minimalcluster.master.job.stream;

import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.security.TestLongRunningRequests;
import java.time.Duration;

/** Room for streams. */
public final class TestStreams {
    private TestStreams() {}

    public static OpenStreams open() {
        return of(new JobSubscriptions(), 10, Duration.ofMinutes(1));
    }

    public static OpenStreams of(JobSubscriptions subscriptions, int most, Duration keepAlive) {
        return new OpenStreams(
                subscriptions, TestLongRunningRequests.open(), new StreamSettings(most, most, keepAlive));
    }
}
