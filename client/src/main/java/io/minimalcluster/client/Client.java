package io.minimalcluster.client;

import static io.minimalcluster.client.Connection.path;
import static io.minimalcluster.client.Connection.withQuery;

import io.minimalcluster.client.code.EnvironmentForm;
import io.minimalcluster.client.event.EventStreamReader;
import io.minimalcluster.client.event.JobEvent;
import io.minimalcluster.client.json.ArgumentException;
import io.minimalcluster.client.json.ElementsInputStream;
import io.minimalcluster.client.json.JsonStreams;
import io.minimalcluster.client.json.WireJson;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.cluster.AccessKey;
import io.minimalcluster.model.cluster.Backup;
import io.minimalcluster.model.cluster.ClusterView;
import io.minimalcluster.model.cluster.NewAccessKey;
import io.minimalcluster.model.environment.CheckedEnvironment;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.NewEnvironment;
import io.minimalcluster.model.function.NewFunction;
import io.minimalcluster.model.function.RegisteredFunction;
import io.minimalcluster.model.job.Explanation;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.TaskDetails;
import io.minimalcluster.model.job.TaskState;
import io.minimalcluster.model.support.ServerTrust;
import io.minimalcluster.model.worker.WorkerView;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/**
 * A thread-safe client of the HTTP API of one master. Each method throws {@link ProblemException} when the master
 * returns an error, and {@link UnreachableException} when the connection fails or times out.
 *
 * <pre>{@code
 * try (Client cluster = new Client(URI.create("http://localhost:8080"), Authkey.in(Path.of("data/authkey")))) {
 *     Environment code = cluster.load("Main.java", "long square(long x) { return x * x; }");
 *     Job job = cluster.submit(NewJob.of(code.id(), "square", Arguments.range(0, 1_000_000)));
 *     cluster.await(job.id());
 *     try (LongStream squares = cluster.longs(job.id())) {
 *         System.out.println(squares.sum());
 *     }
 * }
 * }</pre>
 */
public final class Client implements AutoCloseable {
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    /** The time between two calls that wait for the same job, unless their pace is shorter. */
    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);

    private static final TypeReference<Environment> ENVIRONMENT = new TypeReference<>() {};
    private static final TypeReference<Page<Environment>> ENVIRONMENTS = new TypeReference<>() {};
    private static final TypeReference<CheckedEnvironment> CHECKED = new TypeReference<>() {};
    private static final TypeReference<RegisteredFunction> FUNCTION = new TypeReference<>() {};
    private static final TypeReference<Page<RegisteredFunction>> FUNCTIONS = new TypeReference<>() {};
    private static final TypeReference<Job> JOB = new TypeReference<>() {};
    private static final TypeReference<Explanation> EXPLANATION = new TypeReference<>() {};
    private static final TypeReference<Page<Job>> JOBS = new TypeReference<>() {};
    private static final TypeReference<ClusterView> CLUSTER = new TypeReference<>() {};
    private static final TypeReference<Page<WorkerView>> WORKERS = new TypeReference<>() {};
    private static final TypeReference<Backup> BACKUP = new TypeReference<>() {};
    private static final TypeReference<TaskDetails> TASK = new TypeReference<>() {};
    private static final TypeReference<AccessKey> KEY = new TypeReference<>() {};
    private static final TypeReference<Page<AccessKey>> KEYS = new TypeReference<>() {};
    private static final TypeReference<SignInCode> SIGN_IN_CODE = new TypeReference<>() {};

    private final Connection master;
    private final JobRequestWriter requests;
    private final JsonStreams elements;
    private final EventStreamReader events;
    private volatile boolean closed;

    /**
     * Creates a client of the master at this address, such as {@code http://localhost:8080}. The first call connects.
     */
    public Client(URI address, Authkey key) {
        this(address, key, (SSLContext) null);
    }

    /**
     * Creates a client of the master at this address, whose certificate is signed by an authority in a file.
     *
     * @param caFile certificates in PEM format, instead of those of the JDK
     * @throws IOException if the file cannot be read or contains no certificate
     */
    public Client(URI address, Authkey key, Path caFile) throws IOException {
        this(address, key, ServerTrust.authoritiesIn(caFile));
    }

    private Client(URI address, Authkey key, @Nullable SSLContext trust) {
        ObjectMapper json = WireJson.MAPPER;
        URI root = URI.create(address.toString().replaceAll("/+$", ""));
        this.master = new Connection(root, key, json, trust);
        this.requests = new JobRequestWriter(json);
        this.elements = new JsonStreams(json, master::unreachable);
        this.events = new EventStreamReader(json);
    }

    /** Compiles and stores sources. The same sources always give the same environment. */
    public Environment load(NewEnvironment code) {
        return master.create("/environments", code, ENVIRONMENT);
    }

    /** Loads a single source file, which may be a compact source file. */
    public Environment load(String file, String source) {
        return load(new NewEnvironment(null, Map.of(file, source)));
    }

    /** Loads a single source, which the master names after its public class. */
    public Environment load(String source) {
        return master.read(
                master.create("/environments", "text/plain; charset=utf-8", BodyPublishers.ofString(source))
                        .body(),
                ENVIRONMENT);
    }

    /** Loads an environment with libraries, or of compiled classes. The same content always gives the same id. */
    public Environment load(EnvironmentForm form) {
        return master.read(
                master.create("/environments", form.contentType(), BodyPublishers.ofByteArrays(form.body()))
                        .body(),
                ENVIRONMENT);
    }

    /** Compiles sources without storing them. */
    public CheckedEnvironment check(NewEnvironment code) {
        return master.post("/environments?check=true", code, CHECKED);
    }

    public Environment environment(EnvironmentId id) {
        return master.get(path("environments", id.value()), ENVIRONMENT);
    }

    public Page<Environment> environments(Listing part) {
        return master.get(withQuery("/environments", part.parameters()), ENVIRONMENTS);
    }

    public void delete(EnvironmentId id) {
        master.delete(path("environments", id.value()));
    }

    /** Registers a name for a target function. An existing name is redirected to the new function. */
    public RegisteredFunction register(NewFunction function) {
        return master.create("/functions", function, FUNCTION);
    }

    public RegisteredFunction function(String name) {
        return master.get(path("functions", name), FUNCTION);
    }

    public Page<RegisteredFunction> functions(Listing part) {
        return master.get(withQuery("/functions", part.parameters()), FUNCTIONS);
    }

    /** Removes a registered name. Jobs that use the function continue. */
    public void deleteFunction(String name) {
        master.delete(path("functions", name));
    }

    /**
     * Posts a job and returns when the master has committed it.
     *
     * @throws FileNotFoundException if the file of the arguments does not exist
     * @throws ArgumentException if an iterator of arguments fails, or an argument can't be written; it is not retried
     */
    public Job submit(NewJob job) throws FileNotFoundException {
        InputStream answer = switch (job.arguments()) {
            case Arguments.JsonLines(Path file) -> {
                JobRequestWriter.FileBody body = JobRequestWriter.FileBody.of(file);
                yield create(linesPath(job), Connection.JSON_LINES, body.bytes(), body.once());
            }
            case Arguments.JsonLinesFrom(InputStream lines) ->
                create(linesPath(job), Connection.JSON_LINES, BodyPublishers.ofInputStream(() -> lines), true);
            case Arguments.Each each -> submit(job, each);
            case Arguments.Values _, Arguments.Json _, Arguments.Range _, Arguments.JsonFile _ ->
                create("/jobs", Connection.JSON, requests.of(job), isReadOnce(job.arguments()));
        };
        return master.read(answer, JOB);
    }

    /** Sends lines, whose number is not limited. A shared value needs a JSON body, because a query is short. */
    private InputStream submit(NewJob job, Arguments.Each each) {
        boolean isJson = job.options().shared() != null;
        String path = isJson ? "/jobs" : linesPath(job);
        String type = isJson ? Connection.JSON : Connection.JSON_LINES;
        BodyPublisher body = isJson
                ? requests.of(job, each)
                : BodyPublishers.ofInputStream(() -> ElementsInputStream.lines(each.values()));
        return create(path, type, body, each.once());
    }

    /** @param once whether the body can be sent only once, so that the request is not retried */
    private InputStream create(String path, String type, BodyPublisher body, boolean once) {
        return createWith(path, type, body, once).body();
    }

    private HttpResponse<InputStream> createWith(String path, String type, BodyPublisher body, boolean once) {
        return once ? master.createOnce(path, type, body) : master.create(path, type, body);
    }

    private static boolean isReadOnce(Arguments arguments) {
        return arguments instanceof Arguments.JsonFile(Path file) && Arguments.isReadOnce(file);
    }

    private String linesPath(NewJob job) {
        return withQuery("/jobs", requests.query(job));
    }

    /**
     * Loads code, runs a job and waits for its end in one call. The master waits for at most 50 seconds.
     *
     * @throws FileNotFoundException if the file of the arguments does not exist
     */
    public <T> RunResult<T> run(NewRun run, Duration wait, Class<T> type) throws FileNotFoundException {
        String path = withQuery("/run", Map.of("wait", wait.toMillis() + "ms", "values", "true"));
        HttpResponse<InputStream> answer =
                createWith(path, Connection.JSON, requests.of(run), isReadOnce(run.arguments()));
        return answer.statusCode() == HttpURLConnection.HTTP_ACCEPTED
                ? new RunResult<T>(master.read(answer.body(), JOB), Optional.<Stream<@Nullable T>>empty())
                : elements.ofRun(answer.body(), type, RunResult::new);
    }

    public Job job(JobId id) {
        return master.get(path("jobs", id.value()), JOB);
    }

    /** Returns the job when it has ended or the wait has elapsed. The master limits the wait to 50 seconds. */
    public Job job(JobId id, Duration wait) {
        return master.get(withQuery(path("jobs", id.value()), waiting(wait)), wait, JOB);
    }

    /** Waits without a time limit until the job has ended. Reconnects as {@link #await(JobId, Duration, Consumer)}. */
    public Job await(JobId id) {
        return await(id, MAX_WAIT, _ -> {});
    }

    /**
     * Waits until the job has ended. Calls {@code watcher} every {@code pace}, and once at the end. After the first
     * answer, a lost connection and a status 503 or 429 are retried for about a minute.
     */
    public Job await(JobId id, Duration pace, Consumer<Job> watcher) {
        Job first = job(id, pace); // a master that was never there is reported at once
        watcher.accept(first);
        if (first.state().isTerminal()) {
            return first;
        }
        while (true) {
            long asked = System.nanoTime();
            Job job = RetryPolicy.untilLost(() -> job(id, pace), () -> closed);
            watcher.accept(job);
            if (job.state().isTerminal()) {
                return job;
            }
            pauseUntil(asked + Math.min(pace.toNanos(), MIN_PAUSE.toNanos()));
        }
    }

    /** Pauses before the next call: a master that shuts down answers a long poll at once. */
    private static void pauseUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    public Page<Job> jobs(Listing part) {
        return master.get(withQuery("/jobs", part.parameters()), JOBS);
    }

    /** Cancels a job. Recorded outcomes are kept. */
    public Job cancel(JobId id) {
        return master.post(path("jobs", id.value(), "cancel"), JOB);
    }

    /** As {@link #cancel(JobId)}, with a limit of the time until the answer. */
    Job cancel(JobId id, Duration timeout) {
        return master.post(path("jobs", id.value(), "cancel"), timeout, JOB);
    }

    /** Stops the allocation of tasks of a job until it is resumed. Running tasks finish. */
    public Job pause(JobId id) {
        return master.post(path("jobs", id.value(), "pause"), JOB);
    }

    public Job resume(JobId id) {
        return master.post(path("jobs", id.value(), "resume"), JOB);
    }

    /** Runs the failed and cancelled tasks of a job again. */
    public Job retry(JobId id) {
        return master.post(path("jobs", id.value(), "retry"), JOB);
    }

    /** Explains why tasks of a job are not running. */
    public Explanation explain(JobId id) {
        return master.get(path("jobs", id.value(), "explain"), EXPLANATION);
    }

    public void delete(JobId id) {
        master.delete(path("jobs", id.value()));
    }

    /** Streams the values in the order of the arguments, with null for a task without a value. Close the stream. */
    public <T> Stream<@Nullable T> values(JobId id, Class<T> type) {
        return elements.ofArray(values(id, Duration.ZERO), type);
    }

    /**
     * Streams the values of a function that returns integers. Close the stream.
     *
     * @throws java.util.NoSuchElementException from the stream, at a task without a value
     */
    public LongStream longs(JobId id) {
        return elements.longs(values(id, Duration.ZERO));
    }

    /** Returns the values as one JSON array in UTF-8 after the job has ended. Close the stream. */
    public InputStream values(JobId id, Duration wait) {
        return master.stream(withQuery(path("jobs", id.value(), "values"), waiting(wait)), "application/json");
    }

    /**
     * Returns the values as one JSON object in UTF-8 after the job has ended, with the arguments as keys. Close the
     * stream.
     */
    public InputStream valueMap(JobId id, Duration wait) {
        Map<String, String> parameters = waiting(wait);
        parameters.put("as", "map");
        return master.stream(withQuery(path("jobs", id.value(), "values"), parameters), "application/json");
    }

    /** Streams the recorded outcomes in the order of the arguments. Close the stream. */
    public Stream<TaskResult> results(JobId id) {
        return results(id, ResultOptions.ALL);
    }

    /** Streams the recorded failures in the order of the arguments. Close the stream. */
    public Stream<TaskResult> failures(JobId id) {
        return results(id, ResultOptions.of(TaskState.FAILED));
    }

    /** Streams the recorded outcomes that match the options. Close the stream. */
    public Stream<TaskResult> results(JobId id, ResultOptions options) {
        return results(id, options.parameters());
    }

    /** Returns the recorded outcomes as CSV in UTF-8. Close the stream. */
    public InputStream csv(JobId id, ResultOptions options) {
        return master.stream(withQuery(path("jobs", id.value(), "results"), options.parameters()), "text/csv");
    }

    /** Passes each outcome to {@code reader} as it is recorded, until the job has ended. Returns the ended job. */
    public Job follow(JobId id, Consumer<TaskResult> reader) {
        return follow(id, 0, reader);
    }

    /**
     * Passes each outcome to {@code reader} as it is recorded, from an offset of the log until the job has ended.
     * Reconnects after a connection failure and resumes at the last offset.
     *
     * @param after number of outcomes that were read before
     */
    public Job follow(JobId id, long after, Consumer<TaskResult> reader) {
        try (ResultCursor cursor = new ResultCursor(this, id, ResultOptions.Order.COMPLETION, Map.of(), after)) {
            for (TaskResult read = cursor.next(); read != null; read = cursor.next()) {
                reader.accept(read);
            }
            return cursor.ended();
        }
    }

    /** Passes the events of a job to {@code reader} until the job has ended or the master ends the stream. */
    public void events(JobId id, Consumer<JobEvent> reader) {
        try (InputStream input = master.stream(path("jobs", id.value(), "events"), "text/event-stream")) {
            events.read(input, reader);
        } catch (IOException e) {
            throw master.unreachable(e);
        }
    }

    /** Returns the state of the cluster. */
    public ClusterView cluster() {
        return master.get("/cluster", CLUSTER);
    }

    public Page<WorkerView> workers(Listing part) {
        return master.get(withQuery("/workers", part.parameters()), WORKERS);
    }

    /**
     * Writes a backup of the store to the disk of the master, and returns when it is complete. Requires an admin key.
     */
    public Backup backup() {
        return master.postWithoutTimeout("/cluster/backup", BACKUP);
    }

    /** Returns one task with its argument, outcome and captured output. */
    public TaskDetails task(JobId id, long index) {
        return master.get(path("jobs", id.value(), "tasks", Long.toString(index)), TASK);
    }

    /** Stops the allocation of batches to a worker. Its running tasks finish. Requires an admin key. */
    public void drain(WorkerId id) {
        master.post(path("workers", id.value(), "drain"));
    }

    /** Ends the draining of a worker. Requires an admin key. */
    public void resume(WorkerId id) {
        master.post(path("workers", id.value(), "resume"));
    }

    /** Lists the named keys without their secrets. Requires an admin key. */
    public Page<AccessKey> keys(Listing part) {
        return master.get(withQuery("/keys", part.parameters()), KEYS);
    }

    /** Creates a named key. Only this answer has its secret. Requires an admin key. */
    public AccessKey createKey(NewAccessKey key) {
        return master.create("/keys", key, KEY);
    }

    /** Revokes a named key. Requires an admin key. */
    public void deleteKey(String name) {
        master.delete(path("keys", name));
    }

    /** Creates a code that signs a browser in once, within a quarter of an hour, by the address {@code /#code=…}. */
    public String signInCode() {
        return master.post("/session/code", SIGN_IN_CODE).code();
    }

    private record SignInCode(String code, Instant expiresAt) {}

    @Override
    public void close() {
        closed = true;
        master.close();
    }

    boolean isClosed() {
        return closed;
    }

    Stream<TaskResult> results(JobId id, Map<String, String> parameters) {
        InputStream lines =
                master.stream(withQuery(path("jobs", id.value(), "results"), parameters), "application/x-ndjson");
        return elements.ofLines(lines, TaskResult.class);
    }

    private static Map<String, String> waiting(Duration wait) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (wait.isPositive()) {
            parameters.put("wait", wait.toMillis() + "ms");
        }
        return parameters;
    }
}
