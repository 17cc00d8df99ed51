package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

/** Client calls for benchmarks, with checks of the results. */
public final class Workload {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Client client;

    public Workload(Client client) {
        this.client = client;
    }

    public EnvironmentId load(Path source) throws IOException {
        return client.load(source.getFileName().toString(), Files.readString(source))
                .id();
    }

    public EnvironmentId load(String source) {
        return client.load("Main.java", source).id();
    }

    /**
     * Submits a job, waits for its end and reads its values, which are integers.
     *
     * @return the sum of the values
     */
    public long sum(EnvironmentId code, String method, Arguments arguments) throws IOException {
        JobId job = ended(code, method, arguments, JobOptions.DEFAULTS);
        try (LongStream values = client.longs(job)) {
            return values.sum();
        }
    }

    /**
     * Submits a job, waits for its end and reads its values.
     *
     * @return the length of the JSON in bytes
     */
    public long length(EnvironmentId code, String method, Arguments arguments) throws IOException {
        JobId job = ended(code, method, arguments, JobOptions.DEFAULTS);
        try (InputStream values = client.values(job, Duration.ZERO)) {
            return values.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Submits a job with one task and reads its value, in two calls. */
    public String one(EnvironmentId code, String method, String argument) throws IOException {
        Job job = client.submit(NewJob.of(code, method, new Arguments.Json("[" + argument + "]")));
        try (InputStream values = client.values(job.id(), TIMEOUT)) {
            return new String(values.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }

    JobId submit(EnvironmentId code, String method, Arguments arguments) throws IOException {
        return client.submit(NewJob.of(code, method, arguments)).id();
    }

    /** Cancels a job, which must not have ended. */
    void cancel(JobId job) {
        client.cancel(job);
    }

    /** Submits a job and waits for its end. */
    JobId ended(EnvironmentId code, String method, Arguments arguments, JobOptions options) throws IOException {
        Job job = client.await(
                client.submit(NewJob.of(code, method, arguments).with(options)).id());
        if (job.state() != JobState.SUCCEEDED) {
            throw new IllegalStateException(job.id() + " ended " + job.state() + ": " + job.tasks());
        }
        return job.id();
    }
}
