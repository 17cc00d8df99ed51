package io.minimalcluster.client;

import io.minimalcluster.client.code.EnvironmentForm;
import io.minimalcluster.client.code.FunctionRefusedException;
import io.minimalcluster.client.code.PackedFunction;
import io.minimalcluster.client.code.PackedOperator;
import io.minimalcluster.client.function.SerializableBinaryOperator;
import io.minimalcluster.client.function.SerializableFunction;
import io.minimalcluster.client.function.TypeRef;
import io.minimalcluster.client.locate.MasterLocation;
import io.minimalcluster.client.reduce.Reduction;
import io.minimalcluster.client.reduce.ReductionFailedException;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that runs functions. It is thread-safe. Each method throws {@link ProblemException} when the master refuses
 * a call, and {@link UnreachableException} when it does not answer; calls are retried first, without being done twice.
 *
 * <pre>{@code
 * try (Cluster cluster = Cluster.connect()) {
 *     List<Long> squares = cluster.map(Main::square, List.of(1L, 2L, 3L));
 *     List<Point> points = cluster.load(Path.of("Sim.java"))
 *             .function("run", Params.class, Point.class)
 *             .map(params);
 * }
 * }</pre>
 */
public final class Cluster implements AutoCloseable {
    private static final String CLOSED = "the cluster was closed";
    private static final Duration MAX_SUBMISSION = Duration.ofSeconds(5);

    private final Client client;
    private final List<Path> libraries;
    private final Activity activity;
    private final Map<Object, Environment> sent = new ConcurrentHashMap<>();

    /** What a cluster and its views do at the moment. */
    private static final class Activity {
        private final Set<JobRun<?>> running = ConcurrentHashMap.newKeySet();
        /** Each submission holds the read lock until its job is in the set. */
        private final ReadWriteLock submissions = new ReentrantReadWriteLock();

        private volatile boolean isClosing;
    }

    private Cluster(Client client, List<Path> libraries, Activity activity) {
        this.client = client;
        this.libraries = libraries;
        this.activity = activity;
    }

    private static Cluster of(Client client) {
        return new Cluster(client, List.of(), new Activity());
    }

    /**
     * Connects to the cluster that the environment variables {@code MINIMALCLUSTER_URL}, {@code MINIMALCLUSTER_AUTHKEY}
     * and {@code MINIMALCLUSTER_CA_FILE} name, to a master of the working folder, or to the cluster of
     * {@code ./minimalcluster up}, in this order.
     *
     * @throws IllegalStateException if there is none
     */
    public static Cluster connect() {
        String home = System.getenv("HOME");
        MasterLocation found = MasterLocation.find(
                System.getenv(), Path.of(""), Path.of(home == null ? System.getProperty("user.home") : home));
        Authkey key = new Authkey(found.secret());
        Path caFile = found.caFile();
        try {
            return caFile == null ? connect(found.address(), key) : connect(found.address(), key, caFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to a master at an address such as {@code http://localhost:8080}. The first call opens a connection. */
    public static Cluster connect(URI address, Authkey key) {
        return of(new Client(address, key));
    }

    /**
     * Connects to a master whose certificate is signed by an authority in a file.
     *
     * @throws IOException if the file cannot be read or contains no certificate
     */
    public static Cluster connect(URI address, Authkey key, Path caFile) throws IOException {
        return of(new Client(address, key, caFile));
    }

    /** @throws IllegalStateException if this cluster is closed */
    void checkOpen() {
        if (activity.isClosing) {
            throw new IllegalStateException("the cluster is closed");
        }
    }

    /** All calls of the HTTP API. This object closes the client. */
    public Client client() {
        return client;
    }

    /**
     * Loads Java code: a source file, a folder of sources, or a jar of compiled classes. The same code is compiled
     * once.
     *
     * @throws ProblemException if it does not compile; its problem has the diagnostics
     * @throws UncheckedIOException if the path cannot be read
     */
    public LoadedCode load(Path path) {
        checkOpen();
        try {
            return new LoadedCode(this, client.load(EnvironmentForm.of(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Loads the text of a Java source.
     *
     * @throws ProblemException if it does not compile; its problem has the diagnostics
     */
    public LoadedCode load(String source) {
        checkOpen();
        return new LoadedCode(this, client.load(source));
    }

    /**
     * A function of this program: a method reference, a lambda, or a record that implements
     * {@link SerializableFunction}. The first use sends the code that it refers to, as folders and jars of the class
     * path, unless the master has it. Captured records and plain values are sent with each job as its shared value.
     *
     * @throws FunctionRefusedException if the function cannot be sent; the message says why
     */
    public <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> function(
            SerializableFunction<A, R> function) {
        return sent(PackedFunction.of(function, null, null));
    }

    /** As {@link #function(SerializableFunction)}, for a lambda whose argument or value is of a generic type. */
    public <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> function(
            SerializableFunction<A, R> function, TypeRef<A> argument, TypeRef<R> result) {
        return sent(PackedFunction.of(function, argument.type(), result.type()));
    }

    private <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> sent(
            PackedFunction function) {
        send(function); // so that a refusal is thrown here
        return unsent(function);
    }

    private <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> unsent(
            PackedFunction function) {
        RemoteFunction<A, R> remote =
                RemoteFunction.<A, R>ofPacked(this, function).named(function.name());
        String shared = function.shared();
        return shared == null ? remote : remote.options(all -> all.shared(new RawJson(shared)));
    }

    /** Returns the target function, whose code is sent once. */
    NewJob.Method send(PackedFunction function) {
        Environment environment = environment(function.key(), () -> function.form(libraries));
        return method(environment, function.target(), function.name());
    }

    /** Returns the target function and the operator, whose code is sent once, as one environment. */
    Reducible send(PackedFunction function, PackedOperator operator) {
        Environment environment =
                environment(List.of(function.key(), operator.key()), () -> function.form(operator, libraries));
        return new Reducible(
                method(environment, function.target(), function.name()),
                method(environment, operator.target(), operator.name()).method());
    }

    /**
     * A function that was sent with an operator.
     *
     * @param operator the signature of the operator in the environment of the function
     */
    record Reducible(NewJob.Method function, String operator) {}

    /** The environment of some code, which is sent once. */
    private Environment environment(Object key, Supplier<EnvironmentForm> code) {
        checkOpen();
        return sent.computeIfAbsent(key, _ -> {
            EnvironmentForm form = code.get();
            return known(form.id()).orElseGet(() -> client.load(form));
        });
    }

    /** The only target function of a generated class. */
    private static NewJob.Method method(Environment environment, String owner, String name) {
        String signature = environment.functions().stream()
                .filter(function -> function.owner().equals(owner))
                .map(TargetFunction::signature)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(name + " can't be called by workers: " + environment.warnings()));
        return new NewJob.Method(environment.id(), signature);
    }

    private Optional<Environment> known(EnvironmentId id) {
        try {
            return Optional.of(client.environment(id));
        } catch (ProblemException e) {
            if (e.problem().status() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Maps a function of this program over arguments, and returns the values in the order of the arguments.
     *
     * @throws TaskFailedException at the first failed task; the job is then cancelled
     * @see #function(SerializableFunction)
     */
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            SerializableFunction<A, R> function, Iterable<? extends A> arguments) {
        return function(function).map(arguments);
    }

    /** Maps a function of this program over arguments, and returns all outcomes in the order of the arguments. */
    public <A extends @Nullable Object, R extends @Nullable Object> List<Outcome<R>> mapOutcomes(
            SerializableFunction<A, R> function, Iterable<? extends A> arguments) {
        return function(function).mapOutcomes(arguments);
    }

    /**
     * Maps a function of this program over arguments, and reduces the values by an associative operator. Only the
     * result is transferred: {@code cluster.mapReduce(Main::square, Long::sum, List.of(1L, 2L, 3L))}.
     *
     * @return the result; empty without arguments
     * @throws TaskFailedException at the first failed task; the job is then cancelled
     * @throws ReductionFailedException if the operator fails
     * @see RemoteFunction#reduce(SerializableBinaryOperator, Iterable)
     */
    public <A extends @Nullable Object, R extends @Nullable Object> Optional<R> mapReduce(
            SerializableFunction<A, R> function,
            SerializableBinaryOperator<R> operator,
            Iterable<? extends A> arguments) {
        return this.<A, R>unsent(PackedFunction.of(function, null, null)).reduce(operator, arguments);
    }

    /**
     * Maps a function of this program over arguments, and reduces the values by a built-in. Only the result is
     * transferred: {@code cluster.mapReduce(Main::square, Reduction.sum(), List.of(1L, 2L, 3L))}.
     *
     * @throws TaskFailedException at the first failed task; the job is then cancelled
     * @throws ReductionFailedException if the values can't be reduced
     * @see RemoteFunction#reduce(Reduction, Iterable)
     */
    public <A extends @Nullable Object, R extends @Nullable Object, S> S mapReduce(
            SerializableFunction<A, R> function, Reduction<? super R, S> reduction, Iterable<? extends A> arguments) {
        return this.<A, R>function(function).reduce(reduction, arguments);
    }

    /**
     * A view of this cluster that sends further code with each function: jars or folders of classes that the function
     * finds by name only. Close the cluster itself.
     */
    public Cluster with(Path... furtherLibraries) {
        List<Path> all = new ArrayList<>(libraries);
        all.addAll(List.of(furtherLibraries));
        return new Cluster(client, List.copyOf(all), activity);
    }

    /** An executor service whose callables run on this cluster. Its end leaves the cluster open. */
    public ClusterExecutor executor() {
        checkOpen();
        return new ClusterExecutor(this);
    }

    /** A function whose arguments are the captured values of a callable. */
    <R extends @Nullable Object> RemoteFunction<Map<String, @Nullable Object>, R> callable(PackedFunction callable) {
        send(callable); // so that a refusal is thrown here
        return RemoteFunction.<Map<String, @Nullable Object>, R>ofPacked(this, callable)
                .named(callable.name());
    }

    /**
     * Submits a job that this cluster cancels when it is closed.
     *
     * @throws CancellationException if the thread is interrupted, or the cluster closed
     */
    <R extends @Nullable Object> JobRun<R> opened(Supplier<JobRun<R>> submission) {
        activity.submissions.readLock().lock();
        try {
            if (activity.isClosing) {
                throw new CancellationException(CLOSED);
            }
            JobRun<R> run = cancellable(submission);
            activity.running.add(run);
            if (activity.isClosing) {
                run.close();
                throw new CancellationException(CLOSED);
            }
            return run;
        } finally {
            activity.submissions.readLock().unlock();
        }
    }

    void closed(JobRun<?> run) {
        activity.running.remove(run);
    }

    /** Maps a failure of a call that this cluster or an interrupt has ended. */
    <T extends @Nullable Object> T cancellable(Supplier<T> call) {
        try {
            return call.get();
        } catch (UnreachableException e) {
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (!interrupted && !client.isClosed()) {
                throw e;
            }
            CancellationException cancelled =
                    new CancellationException(interrupted ? "the thread was interrupted" : CLOSED);
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    /** Runs a call on a virtual thread, which the cancellation of the future interrupts. */
    <T extends @Nullable Object> CompletableFuture<T> async(Supplier<T> call) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("minimalcluster-call").unstarted(() -> {
            try {
                future.complete(call.get());
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        });
        var _ = future.whenComplete((_, _) -> thread.interrupt());
        thread.start();
        return future;
    }

    /** Cancels the unfinished jobs of this object and closes the connections. The cluster goes on. */
    @Override
    public void close() {
        activity.isClosing = true;
        closeRunning();
        awaitSubmissions();
        closeRunning();
        client.close();
    }

    /** Cancels jobs at the same time, so that a master that does not answer delays the end only once. */
    private void closeRunning() {
        while (!activity.running.isEmpty()) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                activity.running.forEach(run -> threads.execute(run::close));
            }
        }
    }

    /** Waits for submissions in progress, whose jobs are then known. The end of the client aborts longer ones. */
    private void awaitSubmissions() {
        Lock none = activity.submissions.writeLock();
        try {
            if (none.tryLock(MAX_SUBMISSION.toNanos(), TimeUnit.NANOSECONDS)) {
                none.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
