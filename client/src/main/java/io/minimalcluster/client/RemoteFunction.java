package io.minimalcluster.client;

import io.minimalcluster.client.ResultOptions.Order;
import io.minimalcluster.client.json.ValueMapper;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function that a cluster maps over arguments, each of which becomes one task. A function does not change: each
 * method that sets something returns another one.
 *
 * <p>A call that is interrupted, and a stream or a future that is closed or cancelled before its end, cancels its job.
 *
 * @param <A> the argument of a task
 * @param <R> the value of a task
 */
public final class RemoteFunction<A extends @Nullable Object, R extends @Nullable Object> {
    private final Cluster cluster;
    private final NewJob.Method target;
    private final Type argument;
    private final Type result;
    private final List<Consumer<JobOptions.Builder>> options;
    private final @Nullable Consumer<Job> progress;

    private RemoteFunction(
            Cluster cluster,
            NewJob.Method target,
            Type argument,
            Type result,
            List<Consumer<JobOptions.Builder>> options,
            @Nullable Consumer<Job> progress) {
        this.cluster = cluster;
        this.target = target;
        this.argument = argument;
        this.result = result;
        this.options = options;
        this.progress = progress;
    }

    static <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> of(
            Cluster cluster, NewJob.Method target, Type argument, Type result) {
        return new RemoteFunction<>(cluster, target, argument, result, List.of(), null);
    }

    /** Sets options of the jobs, in addition to those that are set. */
    public RemoteFunction<A, R> options(Consumer<JobOptions.Builder> change) {
        List<Consumer<JobOptions.Builder>> all = new ArrayList<>(options);
        all.add(change);
        return new RemoteFunction<>(cluster, target, argument, result, List.copyOf(all), progress);
    }

    /** Sets the name that lists of jobs show. */
    public RemoteFunction<A, R> named(String name) {
        return options(all -> all.name(name));
    }

    /** Limits the time of each task. A task that takes longer fails with the kind {@code TIMEOUT}. */
    public RemoteFunction<A, R> taskTimeout(Duration timeout) {
        return options(all -> all.taskTimeoutSeconds(seconds(timeout)));
    }

    /**
     * Limits the time of each job, from its submission. Tasks that have not ended by then fail with the kind
     * {@code DEADLINE}.
     */
    public RemoteFunction<A, R> timeout(Duration timeout) {
        return options(all -> all.deadlineSeconds(seconds(timeout)));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /**
     * Passes the state of each job to a callback, about twice a second and once at the end, on a thread of its own. The
     * state has the counts of tasks, the throughput and the estimated remaining time.
     */
    public RemoteFunction<A, R> onProgress(Consumer<Job> callback) {
        return new RemoteFunction<>(cluster, target, argument, result, options, callback);
    }

    /**
     * Maps the function over arguments, and returns the values in the order of the arguments.
     *
     * @throws TaskFailedException at the first failed task; the job is then cancelled
     * @throws CancellationException if the job is cancelled, or the thread interrupted
     */
    public List<R> map(Iterable<? extends A> arguments) {
        try (Stream<R> values = stream(arguments)) {
            return list(values);
        }
    }

    /** Maps the function over arguments, and returns all outcomes in the order of the arguments. */
    public List<Outcome<R>> mapOutcomes(Iterable<? extends A> arguments) {
        try (Stream<Outcome<R>> outcomes = outcomes(arguments)) {
            return list(outcomes);
        }
    }

    /** A list that may have null elements. */
    private static <T extends @Nullable Object> List<T> list(Stream<T> stream) {
        List<T> all = new ArrayList<>();
        stream.forEachOrdered(all::add);
        return Collections.unmodifiableList(all);
    }

    /**
     * Submits a job, and streams its values in the order of the arguments as soon as they are there. The stream holds
     * only a few values in memory and slows down the transfer when it is read slowly. Close it.
     *
     * @throws TaskFailedException from the stream, at a failed task
     */
    public Stream<R> stream(Iterable<? extends A> arguments) {
        return outcomes(arguments).map(Outcome::get);
    }

    /** Submits a job whose arguments are read once, at any number of them. Otherwise as {@link #stream(Iterable)}. */
    public Stream<R> stream(Stream<? extends A> arguments) {
        return outcomes(arguments).map(Outcome::get);
    }

    /** Submits a job, and streams its outcomes in the order of the arguments. Close the stream. */
    public Stream<Outcome<R>> outcomes(Iterable<? extends A> arguments) {
        return submit(arguments).stream(Order.INDEX);
    }

    /** Submits a job whose arguments are read once, and streams its outcomes in their order. Close the stream. */
    public Stream<Outcome<R>> outcomes(Stream<? extends A> arguments) {
        return submit(arguments).stream(Order.INDEX);
    }

    /** Submits a job, and streams its outcomes in the order in which they are recorded. Close the stream. */
    public Stream<Outcome<R>> asCompleted(Iterable<? extends A> arguments) {
        return submit(arguments).stream(Order.COMPLETION);
    }

    /** Submits a job whose arguments are read once, and streams its outcomes as they are recorded. Close the stream. */
    public Stream<Outcome<R>> asCompleted(Stream<? extends A> arguments) {
        return submit(arguments).stream(Order.COMPLETION);
    }

    /**
     * As {@link #map}, without waiting. The future fails with the exception that {@code map} would throw. Its
     * cancellation cancels the job.
     */
    public CompletableFuture<List<R>> mapAsync(Iterable<? extends A> arguments) {
        return cluster.async(() -> map(arguments));
    }

    /** Runs the function once. */
    public R call(A one) {
        return map(Collections.singletonList(one)).getFirst();
    }

    /** As {@link #call}, without waiting. */
    public CompletableFuture<R> callAsync(A one) {
        return cluster.async(() -> call(one));
    }

    private JobRun<R> submit(Iterable<? extends A> arguments) {
        List<?> list = arguments instanceof List<?> known ? known : null;
        return submit(new Arguments.Each(arguments::iterator, false), list);
    }

    private JobRun<R> submit(Stream<? extends A> arguments) {
        return submit(new Arguments.Each(arguments::iterator, true), null);
    }

    private JobRun<R> submit(Arguments arguments, @Nullable List<?> list) {
        JobOptions.Builder builder = JobOptions.builder();
        options.forEach(change -> change.accept(builder));
        return JobRun.submit(
                cluster,
                new NewJob(target, arguments, builder.build()),
                new TaskOutcomes.Arguments(list, ValueMapper.reader(argument), ValueMapper.reader(result)),
                progress);
    }
}
