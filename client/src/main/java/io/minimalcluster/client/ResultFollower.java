package io.minimalcluster.client;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.support.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the result log of a job to its end. After a connection failure it reconnects and resumes at the number of lines
 * read.
 */
final class ResultFollower {
    /** Maximum number of consecutive failures without a line in between: about one minute of retries. */
    private static final int MAX_FAILURES = 10;

    private final Client client;
    private final JobId job;
    private final Consumer<TaskResult> reader;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private long read;
    private int failures;

    /** @param reader receives each outcome */
    ResultFollower(Client client, JobId job, Consumer<TaskResult> reader) {
        this.client = client;
        this.job = job;
        this.reader = reader;
    }

    /** Follows the log from a line on. Returns the ended job. */
    Job from(long line) {
        read = line;
        while (true) {
            Job ended = tryOnce();
            if (ended != null) {
                return ended;
            }
            failures++;
            LockSupport.parkNanos(backoff.next().toNanos());
        }
    }

    private @Nullable Job tryOnce() {
        try {
            readAll(true);
            Job state = client.job(job); // a graceful shutdown of the master also ends the stream
            if (state.state().isTerminal()) {
                readAll(false);
                return state;
            }
        } catch (UnreachableException e) {
            if (failures >= MAX_FAILURES) {
                throw e;
            }
        } catch (ProblemException e) {
            boolean temporary = e.problem().status() == 503 || e.problem().status() == 429;
            if (!temporary || failures >= MAX_FAILURES) {
                throw e;
            }
        }
        return null;
    }

    private void readAll(boolean follow) {
        Map<String, String> parameters =
                Map.of("order", "completion", "after", Long.toString(read), "follow", Boolean.toString(follow));
        try (Stream<TaskResult> lines = client.results(job, parameters)) {
            lines.forEach(line -> {
                read++;
                failures = 0;
                backoff.reset();
                reader.accept(line);
            });
        }
    }
}
