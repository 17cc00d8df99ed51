package io.minimalcluster.client;

import io.minimalcluster.client.ResultOptions.Order;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.support.Backoff;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the outcomes of a job one by one until the job has ended. After a connection failure it reconnects and resumes
 * behind the last outcome.
 */
final class ResultCursor implements AutoCloseable {
    /** Maximum number of consecutive failures without an outcome in between: about one minute of retries. */
    private static final int MAX_FAILURES = 10;

    private final Client client;
    private final JobId job;
    private final Order order;
    private final Map<String, String> parameters;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private long position;
    private int failures;
    private @Nullable Job ended;
    private boolean isComplete;
    private @Nullable Stream<TaskResult> lines;
    private @Nullable Iterator<TaskResult> next;

    /**
     * @param parameters further parameters of the query
     * @param position in the order of completion the number of outcomes to skip; in that of arguments the index after
     *     which to begin, -1 for the first
     */
    ResultCursor(Client client, JobId job, Order order, Map<String, String> parameters, long position) {
        this.client = client;
        this.job = job;
        this.order = order;
        this.parameters = parameters;
        this.position = position;
    }

    /** Waits for the next outcome. Returns null at the end of the job. */
    @Nullable
    TaskResult next() {
        while (!isComplete) {
            try {
                TaskResult read = tryNext();
                if (read != null || isComplete) {
                    return read;
                }
            } catch (UnreachableException | ProblemException e) {
                retryOrThrow(e);
            }
        }
        return null;
    }

    private @Nullable TaskResult tryNext() {
        Iterator<TaskResult> open = next == null ? open() : next;
        if (open.hasNext()) {
            TaskResult read = open.next();
            position = order == Order.COMPLETION ? position + 1 : read.index();
            failures = 0;
            backoff.reset();
            return read;
        }
        close();
        if (ended != null) {
            isComplete = true;
        } else {
            Job state = client.job(job); // a graceful shutdown of the master also ends the stream
            if (state.state().isTerminal()) {
                ended = state;
            } else {
                failures++;
                pause();
            }
        }
        return null;
    }

    private Iterator<TaskResult> open() {
        Map<String, String> query = new TreeMap<>(parameters);
        query.put("order", order == Order.COMPLETION ? "completion" : "index");
        query.put("follow", Boolean.toString(ended == null));
        if (position >= 0) {
            query.put("after", Long.toString(position));
        }
        Stream<TaskResult> opened = client.results(job, query);
        lines = opened;
        Iterator<TaskResult> iterator = opened.iterator();
        next = iterator;
        return iterator;
    }

    private void retryOrThrow(RuntimeException failure) {
        close();
        failures++;
        if (!RetryPolicy.isTemporary(failure)
                || failures > MAX_FAILURES
                || client.isClosed()
                || Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        pause();
    }

    private void pause() {
        LockSupport.parkNanos(backoff.next().toNanos());
    }

    /** The ended job, after {@link #next} has returned null. */
    Job ended() {
        if (ended == null) {
            throw new IllegalStateException("the job has not ended");
        }
        return ended;
    }

    @Override
    public void close() {
        Stream<TaskResult> open = lines;
        lines = null;
        next = null;
        if (open != null) {
            try {
                open.close();
            } catch (UnreachableException _) {
                // the connection is broken anyway
            }
        }
    }
}
