package io.minimalcluster.client;

import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.support.Backoff;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the result log of a job to its end. After a connection failure it reconnects and resumes at the number of lines
 * read.
 */
final class ResultFollower {
    /** Maximum number of consecutive failures without a line in between: about one minute of retries. */
    private static final int MAX_FAILURES = 10;

    private final LongFunction<Stream<TaskResult>> follow;
    private final LongFunction<Stream<TaskResult>> rest;
    private final Supplier<Job> look;
    private final Consumer<TaskResult> reader;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private long read;
    private int failures;

    /**
     * @param follow opens a stream that follows the log after a number of lines
     * @param rest opens a stream of the lines that are recorded after a number of lines
     * @param look reads the current state of the job
     * @param reader receives each outcome
     */
    ResultFollower(
            LongFunction<Stream<TaskResult>> follow,
            LongFunction<Stream<TaskResult>> rest,
            Supplier<Job> look,
            Consumer<TaskResult> reader) {
        this.follow = follow;
        this.rest = rest;
        this.look = look;
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
            readAll(follow.apply(read));
            Job job = look.get(); // a graceful shutdown of the master also ends the stream
            if (job.state().isTerminal()) {
                readAll(rest.apply(read));
                return job;
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

    private void readAll(Stream<TaskResult> lines) {
        try (lines) {
            lines.forEach(line -> {
                read++;
                failures = 0;
                backoff.reset();
                reader.accept(line);
            });
        }
    }
}
