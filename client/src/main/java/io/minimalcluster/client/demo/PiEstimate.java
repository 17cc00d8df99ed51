package io.minimalcluster.client.demo;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.client.cli.output.ProgressDisplay;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The result of the Pi example.
 *
 * @param took time from posting the job to reading its last value
 */
record PiEstimate(long inside, long tasks, Duration took) {
    static PiEstimate of(Client client, Path source, long tasks, ProgressDisplay progress) throws IOException {
        Environment code = client.load("Pi.java", Files.readString(source));
        long started = System.nanoTime();
        Job job = client.submit(NewJob.of(code.id(), "inside", Arguments.range(0, tasks)));
        client.await(job.id(), progress.pace(), progress);
        try (LongStream values = client.longs(job.id())) {
            return new PiEstimate(values.sum(), tasks, Duration.ofNanos(System.nanoTime() - started));
        }
    }

    double pi() {
        return 4.0 * inside / tasks;
    }

    @Override
    public String toString() {
        double seconds = took.toNanos() / 1e9;
        return String.format(
                Locale.ROOT,
                "Pi is about %.6f. %,d tasks ran and every value was read in %.2f s: %,.0f tasks a second.",
                pi(),
                tasks,
                seconds,
                tasks / seconds);
    }
}
