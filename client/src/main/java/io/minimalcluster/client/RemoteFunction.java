package io.minimalcluster.client;

import io.minimalcluster.client.ResultOptions.Order;
import io.minimalcluster.client.code.FunctionRefusedException;
import io.minimalcluster.client.code.PackedFunction;
import io.minimalcluster.client.code.PackedOperator;
import io.minimalcluster.client.function.SerializableBinaryOperator;
import io.minimalcluster.client.json.ValueMapper;
import io.minimalcluster.client.reduce.Reduction;
import io.minimalcluster.client.reduce.ReductionFailedException;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.MaxFailures;
import io.minimalcluster.model.job.RawJson;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
    private static final MaxFailures NO_FAILURES = new MaxFailures(0, false);

    private final Cluster cluster;
    private final Code code;
    private final Type argument;
    private final Type result;
    private final List<Consumer<JobOptions.Builder>> options;
    private final @Nullable Consumer<Job> progress;

    /** Where the code of a function is. */
    private sealed interface Code {
        /** Code that was loaded. */
        record Loaded(NewJob.Method target) implements Code {}

        /** Code of this program. */
        record Packed(PackedFunction function) implements Code {}
    }

    private RemoteFunction(
            Cluster cluster,
            Code code,
            Type argument,
            Type result,
            List<Consumer<JobOptions.Builder>> options,
            @Nullable Consumer<Job> progress) {
        this.cluster = cluster;
        this.code = code;
        this.argument = argument;
        this.result = result;
        this.options = options;
        this.progress = progress;
    }

    static <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> ofLoaded(
            Cluster cluster, NewJob.Method target, Type argument, Type result) {
        return new RemoteFunction<>(cluster, new Code.Loaded(target), argument, result, List.of(), null);
    }

    /** A function of this program, whose code is sent when it is first used. */
    static <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> ofPacked(
            Cluster cluster, PackedFunction function) {
        return new RemoteFunction<>(
                cluster, new Code.Packed(function), function.argument(), function.result(), List.of(), null);
    }

    /** Sets options of the jobs, in addition to those that are set. */
    public RemoteFunction<A, R> options(Consumer<JobOptions.Builder> change) {
        List<Consumer<JobOptions.Builder>> all = new ArrayList<>(options);
        all.add(change);
        return new RemoteFunction<>(cluster, code, argument, result, List.copyOf(all), progress);
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
        return new RemoteFunction<>(cluster, code, argument, result, options, callback);
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
        return submit(each(arguments)).stream(Order.INDEX);
    }

    /** Submits a job whose arguments are read once, and streams its outcomes in their order. Close the stream. */
    public Stream<Outcome<R>> outcomes(Stream<? extends A> arguments) {
        return submit(once(arguments)).stream(Order.INDEX);
    }

    /** Submits a job, and streams its outcomes in the order in which they are recorded. Close the stream. */
    public Stream<Outcome<R>> asCompleted(Iterable<? extends A> arguments) {
        return submit(each(arguments)).stream(Order.COMPLETION);
    }

    /** Submits a job whose arguments are read once, and streams its outcomes as they are recorded. Close the stream. */
    public Stream<Outcome<R>> asCompleted(Stream<? extends A> arguments) {
        return submit(once(arguments)).stream(Order.COMPLETION);
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

    /**
     * Maps the function over arguments, and reduces the values by an associative operator, in the order of the
     * arguments. Workers run the operator, and only its result is transferred. Values that the function returns as null
     * are passed to the operator.
     *
     * <pre>{@code
     * Optional<Long> most = cluster.function(Main::steps).reduce(Long::max, list);
     * Optional<Stats> all = cluster.function(Main::stats).reduce((one, other) -> one.plus(other), list);
     * }</pre>
     *
     * <p>The operator is a method reference, or a lambda without captured values. Its code is sent with that of this
     * function. A function of loaded code is reduced by {@link Reduction#method}.
     *
     * @return the result; the value of a single argument; empty without arguments, or if the operator returns null
     * @throws TaskFailedException at the first failed task; the job is then cancelled
     * @throws ReductionFailedException if the operator throws, or crashes beyond its attempts
     * @throws FunctionRefusedException if the operator cannot be sent; the message says why
     * @throws IllegalArgumentException if this function is one of loaded code
     * @throws CancellationException if the job is cancelled, or the thread interrupted
     */
    public Optional<R> reduce(SerializableBinaryOperator<R> operator, Iterable<? extends A> arguments) {
        return reduce(operator, each(arguments));
    }

    /**
     * As {@link #reduce(SerializableBinaryOperator, Iterable)}, with arguments that are read once, at any number of
     * them.
     */
    public Optional<R> reduce(SerializableBinaryOperator<R> operator, Stream<? extends A> arguments) {
        return reduce(operator, once(arguments));
    }

    /**
     * Maps the function over arguments, and reduces the values by a built-in such as {@link Reduction#sum()}, or by a
     * method of loaded code. Only the result is transferred.
     *
     * <pre>{@code
     * long sum = cluster.function(Main::square).reduce(Reduction.sum(), List.of(1L, 2L, 3L));
     * }</pre>
     *
     * @throws TaskFailedException at the first failed task; the job is then cancelled
     * @throws ReductionFailedException if a value is no number that can be reduced, or the method throws
     * @throws ProblemException if the code has no such method, or its types do not fit
     * @throws ArithmeticException if a sum does not fit its type
     * @throws CancellationException if the job is cancelled, or the thread interrupted
     */
    public <S> S reduce(Reduction<? super R, S> reduction, Iterable<? extends A> arguments) {
        return reduce(reduction, each(arguments));
    }

    /** As {@link #reduce(Reduction, Iterable)}, with arguments that are read once, at any number of them. */
    public <S> S reduce(Reduction<? super R, S> reduction, Stream<? extends A> arguments) {
        return reduce(reduction, once(arguments));
    }

    /**
     * As {@link #reduce(SerializableBinaryOperator, Iterable)}, without waiting. The cancellation of the future cancels
     * the job.
     */
    public CompletableFuture<Optional<R>> reduceAsync(
            SerializableBinaryOperator<R> operator, Iterable<? extends A> arguments) {
        return cluster.async(() -> reduce(operator, arguments));
    }

    /** As {@link #reduce(Reduction, Iterable)}, without waiting. The cancellation of the future cancels the job. */
    public <S> CompletableFuture<S> reduceAsync(Reduction<? super R, S> reduction, Iterable<? extends A> arguments) {
        return cluster.async(() -> reduce(reduction, arguments));
    }

    private Optional<R> reduce(SerializableBinaryOperator<R> operator, Given given) {
        return switch (code) {
            case Code.Loaded _ ->
                throw new IllegalArgumentException("a function of loaded code is reduced by a method of that code:"
                        + " name it by Reduction.method(name)");
            case Code.Packed(PackedFunction function) -> {
                PackedOperator packed = PackedOperator.of(operator, result);
                checkReadable(packed.type());
                Cluster.Reducible sent = cluster.send(function, packed);
                yield reduce(sent.function(), Reduction.<R>method(sent.operator()), packed.type(), given);
            }
        };
    }

    private <S> S reduce(Reduction<? super R, S> reduction, Given given) {
        checkReadable(reduction.type(result));
        return reduce(target(), reduction, result, given);
    }

    private <S> S reduce(NewJob.Method target, Reduction<? super R, S> reduction, Type values, Given given) {
        RemoteFunction<A, R> reducing = options(all -> all.reduce(reduction.option()));
        JobRun<R> run = reducing.submit(target, JobOptions.builder().maxFailures(NO_FAILURES), given);
        RawJson reduced = run.reduced();
        try {
            return reduction.read(reduced, values);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the reduced value of " + run.job().value() + " can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * The arguments of a job.
     *
     * @param list the same as a list; null if they are none
     */
    private record Given(Arguments arguments, @Nullable List<?> list) {}

    private Given each(Iterable<? extends A> arguments) {
        List<?> list = arguments instanceof List<?> known ? known : null;
        return new Given(new Arguments.Each(arguments::iterator, false), list);
    }

    private Given once(Stream<? extends A> arguments) {
        return new Given(new Arguments.Each(arguments::iterator, true), null);
    }

    private JobRun<R> submit(Given given) {
        checkReadable(result);
        return submit(target(), JobOptions.builder(), given);
    }

    /** Refuses a type of values that can't be read, before a job of them runs. */
    private void checkReadable(Type values) {
        ValueMapper.unreadable(values).ifPresent(reason -> {
            throw new FunctionRefusedException("the values of " + name() + " can't be read: " + reason);
        });
    }

    private String name() {
        return switch (code) {
            case Code.Loaded(NewJob.Method target) -> target.method();
            case Code.Packed(PackedFunction function) -> function.name();
        };
    }

    private NewJob.Method target() {
        return switch (code) {
            case Code.Loaded(NewJob.Method target) -> target;
            case Code.Packed(PackedFunction function) -> cluster.send(function);
        };
    }

    /** @param builder options that those of this function may replace */
    private JobRun<R> submit(NewJob.Method target, JobOptions.Builder builder, Given given) {
        cluster.checkOpen();
        options.forEach(change -> change.accept(builder));
        return JobRun.submit(
                cluster,
                new NewJob(target, given.arguments(), builder.build()),
                new TaskOutcomes.Arguments(given.list(), ValueMapper.reader(argument), ValueMapper.reader(result)),
                progress);
    }
}
