package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.job.Job;
import java.util.function.LongSupplier;

/** Estimates the tasks per second: the master's figure, or else the average since the first update. */
final class ThroughputEstimate {
    private final LongSupplier nanoTime;
    private long startedAt;
    private long startedWith = -1;

    ThroughputEstimate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    double of(Job job) {
        long ended = ProgressFormatter.ended(job.tasks());
        if (startedWith < 0) {
            startedAt = nanoTime.getAsLong();
            startedWith = ended;
        }
        if (job.throughput() > 0) {
            return job.throughput();
        }
        long nanos = nanoTime.getAsLong() - startedAt;
        return nanos == 0 ? 0 : (ended - startedWith) * 1e9 / nanos;
    }
}
