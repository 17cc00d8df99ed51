package io.minimalcluster.client;

import io.minimalcluster.client.ResultOptions.Order;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A submitted job that is cancelled if its outcomes are not read to the end. */
final class JobRun<R extends @Nullable Object> implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(500);

    private final Cluster cluster;
    private final JobId job;
    private final TaskOutcomes.Arguments arguments;
    private final @Nullable Thread watcher;
    private @Nullable TaskOutcomes<R> outcomes;
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
        Job submitted = cluster.cancellable(() -> {
            try {
                return cluster.client().submit(job);
            } catch (IOException e) {
                throw new IllegalStateException(e); // only files of arguments can be missing
            }
        });
        JobRun<R> run = new JobRun<>(cluster, submitted.id(), arguments, progress);
        cluster.opened(run);
        return run;
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
        isEnded = true;
        cluster.closed(this);
        if (watcher != null) {
            try {
                watcher.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (outcomes != null) {
            outcomes.close();
        }
    }

    /** Cancels the job unless it has ended. */
    @Override
    public void close() {
        if (isEnded) {
            return;
        }
        isEnded = true;
        if (watcher != null) {
            watcher.interrupt();
        }
        cluster.closed(this);
        cancel();
        if (outcomes != null) {
            outcomes.close();
        }
    }

    /** Cancels the job. A thread that is interrupted stays interrupted, but its call is sent. */
    void cancel() {
        boolean interrupted = Thread.interrupted();
        try {
            cluster.client().cancel(job);
        } catch (ProblemException | UnreachableException _) {
            // the job has ended, or nobody can cancel it
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
