package io.minimalcluster.master.stream;

import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.security.TestOpenCalls;
import java.time.Duration;

/** Room for streams. */
public final class TestStreams {
    private TestStreams() {}

    public static OpenStreams open() {
        return of(new JobWatch(), 10, Duration.ofMinutes(1));
    }

    public static OpenStreams of(JobWatch watch, int most, Duration keepAlive) {
        return new OpenStreams(watch, TestOpenCalls.open(), new StreamSettings(most, most, keepAlive));
    }
}
