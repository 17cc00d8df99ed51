package io.minimalcluster.client;

import io.minimalcluster.model.job.Job;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of a job to its end, over as many connections as that takes: each goes on from the number of lines that
 * were read.
 */
final class ResultFollower {
    /** Failures after each other, without a line in between, before it gives up: about a minute. */
    private static final int PATIENCE = 10;

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final LongFunction<Stream<TaskResult>> follow;
    private final LongFunction<Stream<TaskResult>> rest;
    private final Supplier<Job> look;
    private final Consumer<TaskResult> reader;
    private long read;
    private int failures;

    /**
     * @param follow what comes after so many lines, as it comes
     * @param rest what is there after so many lines
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

    /** Follows it from a line on; the job as it ended. */
    Job from(long line) {
        read = line;
        while (true) {
            Job ended = tryOnce();
            if (ended != null) {
                return ended;
            }
            pause();
        }
    }

    private @Nullable Job tryOnce() {
        try {
            readAll(follow.apply(read));
            Job job = look.get(); // a master that goes down ends the stream too
            if (job.state().isTerminal()) {
                readAll(rest.apply(read));
                return job;
            }
        } catch (UnreachableException e) {
            if (failures >= PATIENCE) {
                throw e;
            }
        } catch (ProblemException e) {
            boolean passes = e.problem().status() == 503 || e.problem().status() == 429;
            if (!passes || failures >= PATIENCE) {
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
                reader.accept(line);
            });
        }
    }

    private void pause() {
        long longest = Math.min(LONGEST.toNanos(), SHORTEST.toNanos() << Math.min(failures, 20));
        failures++;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
