package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

/** What a user does with a cluster, checked: a wrong answer is not a fast one. */
final class Workload {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Client client;

    Workload(Client client) {
        this.client = client;
    }

    EnvironmentId load(Path source) throws IOException {
        return client.load(source.getFileName().toString(), Files.readString(source))
                .id();
    }

    EnvironmentId load(String source) {
        return client.load("Main.java", source).id();
    }

    /** Posts a job, waits for its end, and reads all of its values, which are whole numbers; gives their sum. */
    long sum(EnvironmentId code, String method, Arguments arguments) throws IOException {
        JobId job = ended(code, method, arguments);
        try (LongStream values = client.longs(job)) {
            return values.sum();
        }
    }

    /** Posts a job, waits for its end, and reads all of its values, whatever they are; gives their length as JSON. */
    long length(EnvironmentId code, String method, Arguments arguments) throws IOException {
        JobId job = ended(code, method, arguments);
        try (InputStream values = client.values(job, Duration.ZERO)) {
            return values.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Posts a job of one task and reads its value, in two calls. */
    String one(EnvironmentId code, String method, String argument) throws IOException {
        Job job = client.submit(NewJob.of(code, method, new Arguments.Json("[" + argument + "]")));
        try (InputStream values = client.values(job.id(), PATIENCE)) {
            return new String(values.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }

    private JobId ended(EnvironmentId code, String method, Arguments arguments) throws IOException {
        Job job = client.await(client.submit(NewJob.of(code, method, arguments)).id());
        if (job.state() != JobState.SUCCEEDED) {
            throw new IllegalStateException(job.id() + " ended " + job.state() + ": " + job.tasks());
        }
        return job.id();
    }
}
