package io.minimalcluster.system.harness;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/**
 * Reads a job repeatedly during faults, and checks the responses: the task counts add up (I5), and the result log only
 * grows (I2, I3).
 */
public final class JobObserver implements AutoCloseable {
    private static final long POLL_INTERVAL_NANOS = Duration.ofMillis(50).toNanos();

    private final Api api;
    private final String job;
    private final List<String> log =
            new ArrayList<>(); // used by the observing thread, and by other threads after its end
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    private JobObserver(Api api, String job) {
        this.api = api;
        this.job = job;
        this.thread = Thread.ofVirtual().name("job-observer").start(this::observe);
    }

    /** Starts to observe a job. */
    public static JobObserver of(Api api, String job) {
        return new JobObserver(api, job);
    }

    private void observe() {
        while (!closed) {
            try {
                checkCounts();
                readLog();
            } catch (UncheckedIOException e) {
                // the master is unreachable, so it violates nothing
            }
            LockSupport.parkNanos(POLL_INTERVAL_NANOS);
        }
    }

    private void checkCounts() {
        Response response = api.get("/jobs/" + job);
        if (response.status() == 200) {
            JsonNode tasks = response.json().path("tasks");
            long sum = 0;
            for (String state : List.of("pending", "running", "succeeded", "failed", "cancelled")) {
                sum += tasks.path(state).asLong();
            }
            check(sum == tasks.path("total").asLong(), "counts do not add up: " + tasks);
        } else {
            check(response.status() == 503, "the job is answered with " + response.status() + " " + response.text());
        }
    }

    private void readLog() {
        Response response = api.get("/jobs/" + job + "/results?order=completion&after=" + log.size());
        if (response.status() == 200) {
            response.text().lines().forEach(log::add);
        } else {
            check(response.status() == 503, "results are answered with " + response.status() + " " + response.text());
        }
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }

    /** Waits for the end of the job, and checks that each task succeeded exactly once with its value. */
    public void expectSuccess(long tasks, LongFunction<String> value) {
        JsonNode ended = api.ended(job);
        close();
        Assertions.assertThat(ended.path("state").asString())
                .as(ended.toString())
                .isEqualTo("SUCCEEDED");
        List<String> finalLog = api.get("/jobs/" + job + "/results?order=completion")
                .expect(200)
                .text()
                .lines()
                .toList();
        Assertions.assertThat(violations).as("violations").isEmpty();
        Assertions.assertThat(finalLog).as("lines read before").startsWith(log.toArray(String[]::new));
        Map<Long, String> values = new HashMap<>();
        for (String line : finalLog) {
            JsonNode outcome = Json.read(line);
            String before = values.put(
                    outcome.path("index").asLong(), outcome.path("value").toString());
            Assertions.assertThat(before).as("a second outcome: " + line).isNull();
        }
        Assertions.assertThat(values).hasSize(Math.toIntExact(tasks));
        values.forEach((index, found) ->
                Assertions.assertThat(found).as("the value of task " + index).isEqualTo(value.apply(index)));
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
