package io.minimalcluster.client;

import io.minimalcluster.client.ResultOptions.Order;
import io.minimalcluster.client.reduce.ReductionFailedException;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.RawJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A submitted job that is cancelled if its outcomes are not read to the end, or its reduced value not awaited. */
final class JobRun<R extends @Nullable Object> implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(500);
    private static final Duration MAX_WAIT = Duration.ofSeconds(50);
    private static final int CANCEL_ATTEMPTS = 3;
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CANCEL_PAUSE = Duration.ofMillis(300);

    private final Cluster cluster;
    private final JobId job;
    private final TaskOutcomes.Arguments arguments;
    private final @Nullable Thread watcher;
    private final Lock closing = new ReentrantLock();
    private volatile @Nullable TaskOutcomes<R> outcomes;
    private volatile boolean isEnded;

    private JobRun(Cluster cluster, JobId job, TaskOutcomes.Arguments arguments, @Nullable Consumer<Job> progress) {
        this.cluster = cluster;
        this.job = job;
        this.arguments = arguments;
        this.watcher = progress == null
                ? null
                : Thread.ofVirtual().name("progress-of-" + job.value()).start(() -> watch(progress));
    }

    /** Reports progress until the end of the job, or until an interrupt. A failed call ends the reports only. */
    private void watch(Consumer<Job> progress) {
        try {
            cluster.client().await(job, PACE, progress);
        } catch (UnreachableException | ProblemException _) {
            // the outcomes report it
        }
    }

    /** @throws CancellationException if the thread is interrupted, or the cluster closed */
    static <R extends @Nullable Object> JobRun<R> submit(
            Cluster cluster, NewJob job, TaskOutcomes.Arguments arguments, @Nullable Consumer<Job> progress) {
        return cluster.opened(() -> {
            try {
                return new JobRun<>(cluster, cluster.client().submit(job).id(), arguments, progress);
            } catch (IOException e) {
                throw new IllegalStateException(e); // only files of arguments can be missing
            }
        });
    }

    JobId job() {
        return job;
    }

    Stream<Outcome<R>> stream(Order order) {
        TaskOutcomes<R> read = new TaskOutcomes<>(cluster.client(), job, order, arguments);
        outcomes = read;
        Iterator<Outcome<R>> untilEnd = new Iterator<>() {
            @Override
            public boolean hasNext() {
                boolean hasNext = guarded(read::hasNext);
                if (!hasNext) {
                    end();
                }
                return hasNext;
            }

            @Override
            public Outcome<R> next() {
                return guarded(read::next);
            }
        };
        int ordered = order == Order.INDEX ? Spliterator.ORDERED : 0;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(untilEnd, ordered | Spliterator.NONNULL), false)
                .onClose(this::close);
    }

    /**
     * Waits for the end of the job without reading its values.
     *
     * @return the reduced value; null for JSON null
     * @throws TaskFailedException for the first failed task
     * @throws ReductionFailedException if the tasks succeeded, but not their reduction
     * @throws CancellationException if the job is cancelled, the thread interrupted, or the cluster closed
     */
    @Nullable
    RawJson reduced() {
        Job ended = guarded(this::awaitEnd);
        end();
        return switch (ended.state()) {
            case SUCCEEDED -> ended.reduced();
            case CANCELLED -> throw new CancellationException("the job was cancelled" + because(ended));
            case FAILED -> throw cluster.cancellable(() -> failure(ended));
            case QUEUED, RUNNING, PAUSED -> throw new IllegalStateException("the job has not ended");
        };
    }

    /** A lost connection is retried for about a minute. */
    private Job awaitEnd() {
        Client client = cluster.client();
        while (true) {
            Job state = RetryPolicy.untilLost(() -> client.job(job, MAX_WAIT), client::isClosed);
            if (state.state().isTerminal()) {
                return state;
            }
        }
    }

    private RuntimeException failure(Job ended) {
        TaskOutcomes<R> read = new TaskOutcomes<>(cluster.client(), job, Order.INDEX, arguments);
        Optional<TaskFailedException> failed = read.firstFailure();
        return failed.isPresent()
                ? failed.get()
                : new ReductionFailedException(job, Objects.requireNonNullElse(ended.reason(), "the job failed"));
    }

    private static String because(Job ended) {
        return ended.reason() == null ? "" : ": " + ended.reason();
    }

    /** Cancels the job if the call fails, for example because the thread is interrupted. */
    private <T> T guarded(Supplier<T> call) {
        try {
            return cluster.cancellable(call);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void end() {
        cluster.closed(this);
        isEnded = true;
        if (watcher != null) {
            try {
                watcher.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        closeOutcomes();
    }

    private void closeOutcomes() {
        TaskOutcomes<R> read = outcomes;
        if (read != null) {
            read.close();
        }
    }

    /** Cancels the job unless it has ended. Waits for another thread that does so. */
    @Override
    public void close() {
        closing.lock();
        try {
            if (isEnded) {
                return;
            }
            isEnded = true;
            if (watcher != null) {
                watcher.interrupt();
            }
            cancel();
        } finally {
            cluster.closed(this); // the cluster keeps its connections until then
            closing.unlock();
        }
        closeOutcomes();
    }

    /** Cancels the job. A thread that is interrupted stays interrupted, but its call is sent. */
    private void cancel() {
        boolean interrupted = Thread.interrupted();
        for (int attempt = 1; !isCancelled() && attempt < CANCEL_ATTEMPTS; attempt++) {
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(CANCEL_PAUSE.toNanos());
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries to cancel the job. Returns whether another attempt is useless. */
    private boolean isCancelled() {
        try {
            cluster.client().cancel(job, CANCEL_TIMEOUT);
            return true;
        } catch (ProblemException | UnreachableException e) {
            return !RetryPolicy.isTemporary(e)
                    || cluster.client().isClosed(); // the job has ended, or the client is closed
        }
    }
}
