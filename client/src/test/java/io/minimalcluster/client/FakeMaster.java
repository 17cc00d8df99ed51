package io.minimalcluster.client;

import static io.minimalcluster.client.FakeExchange.JSON;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minimalcluster.client.FakeExchange.Refused;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.cluster.AccessKey;
import io.minimalcluster.model.cluster.ClusterView;
import io.minimalcluster.model.cluster.NewAccessKey;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fake master that implements the client's calls over real HTTP. Each read of a job advances it by half of its tasks.
 */
public final class FakeMaster implements AutoCloseable {
    public static final Authkey KEY = new Authkey("fake-key");
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static final Set<String> PAGE = Set.of("limit", "after");

    private volatile boolean jobsHeld;
    private volatile String failing = "";
    private volatile boolean cancelIgnored;
    private volatile boolean resultsBroken;
    private volatile String caller = "authkey";
    private volatile JsonNode lastPosted = JSON.createObjectNode();
    private final HttpServer server;
    private final FakeCode code = new FakeCode();
    private final List<FakeJob> jobs = new CopyOnWriteArrayList<>();
    private final FakeWorkers workers = new FakeWorkers();
    private final List<AccessKey> keys = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> responsesByKey = new ConcurrentHashMap<>();
    private final List<String> idempotencyKeys = new CopyOnWriteArrayList<>();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    private final AtomicInteger responsesToDrop = new AtomicInteger();
    private final AtomicInteger callsToFail = new AtomicInteger();

    public FakeMaster() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Loads an environment and submits a job. */
    public Job submitted(String method, Arguments arguments) throws IOException {
        try (Client client = new Client(url(), KEY)) {
            return client.submit(NewJob.of(client.load("Main.java", "source").id(), method, arguments));
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The calls so far, such as {@code POST /jobs}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** The idempotency keys of all calls so far, in their order. */
    public List<String> idempotencyKeys() {
        return List.copyOf(idempotencyKeys);
    }

    /** Stops the progress of all jobs. */
    public void holdJobs() {
        jobsHeld = true;
    }

    /** Lets jobs progress again. Calls that wait continue to wait. */
    public void releaseJobs() {
        jobsHeld = false;
    }

    /** Cancels all jobs. */
    public void cancelAll() {
        jobs.forEach(FakeJob::cancelled);
    }

    /** Breaks the connection of the next call for results within its last line. */
    void breakResults() {
        resultsBroken = true;
    }

    /** Sets the owner of jobs that are posted from now on. */
    public void callerIs(String owner) {
        caller = owner;
    }

    /** Leaves calls that cancel a job without a response from now on. */
    public void ignoreCancel() {
        cancelIgnored = true;
    }

    /** Drops the responses of the next {@code count} calls with an idempotency key, after processing them. */
    public void dropResponses(int count) {
        responsesToDrop.set(count);
    }

    /**
     * Fails the next {@code count} calls such as {@code GET /jobs/job-1}: the last with a 503, others without an
     * answer.
     */
    void fail(String call, int count) {
        failing = call;
        callsToFail.set(count);
    }

    @Override
    public void close() {
        closed.complete(null);
        server.stop(0);
    }

    private void answer(HttpExchange http) throws IOException {
        String key = http.getRequestHeaders().getFirst("Idempotency-Key");
        FakeExchange exchange = new FakeExchange(http, body -> key == null || keep(key, body));
        calls.add(exchange.method() + " " + exchange.path());
        try {
            http.getResponseHeaders().add("X-Request-Id", "request-1");
            if (!("Bearer " + KEY.secret()).equals(exchange.header("Authorization"))) {
                throw new Refused(401, "unauthenticated", "the key is missing or wrong", Map.of());
            }
            if (failing.equals(exchange.method() + " " + exchange.path())) {
                int left = callsToFail.getAndDecrement();
                if (left > 1) {
                    return; // closes the connection
                } else if (left == 1) {
                    throw new Refused(503, "unavailable", "the master shuts down", Map.of());
                }
            }
            String before = key == null ? null : responsesByKey.get(key);
            if (key != null) {
                idempotencyKeys.add(key);
            }
            if (before != null) {
                exchange.ok(JSON.readTree(before));
            } else {
                route(exchange, exchange.path().substring(1).split("/"));
            }
        } catch (Refused refused) {
            exchange.refuse(refused);
        } finally {
            http.close();
        }
    }

    /** Keeps the response to a call with an idempotency key. Returns whether it is sent. */
    private boolean keep(String key, String body) {
        responsesByKey.put(key, body);
        return responsesToDrop.getAndDecrement() <= 0;
    }

    private void route(FakeExchange exchange, String[] path) throws IOException {
        String call = exchange.method() + " " + path[0] + (path.length > 2 ? " " + path[2] : "");
        boolean one = path.length > 1;
        switch (call) {
            case "POST environments" -> code.load(exchange);
            case "GET environments" ->
                exchange.ok(one ? code.environment(path[1]) : exchange.page(code.environments(), PAGE));
            case "POST functions" -> code.register(exchange);
            case "GET functions" -> exchange.ok(exchange.page(code.functions(), PAGE));
            case "POST jobs" -> submit(exchange);
            case "POST run" -> run(exchange);
            case "GET jobs" -> exchange.ok(one ? advancedJob(exchange, path[1]) : jobs(exchange));
            case "GET jobs values" -> values(exchange, job(path[1]));
            case "GET jobs results" -> results(exchange, job(path[1]));
            case "GET jobs explain" -> exchange.ok(job(path[1]).explanation());
            case "GET jobs events" ->
                exchange.send(200, "text/event-stream", job(path[1]).events());
            case "POST jobs pause" -> exchange.ok(job(path[1]).moveTo(JobState.PAUSED));
            case "POST jobs resume" -> exchange.ok(job(path[1]).moveTo(JobState.RUNNING));
            case "POST jobs retry" -> exchange.ok(retried(job(path[1])));
            case "POST jobs cancel" -> exchange.ok(cancelled(job(path[1])));
            case "GET jobs tasks" -> exchange.ok(job(path[1]).task(Integer.parseInt(path[3])));
            case "DELETE jobs" -> delete(exchange, jobs.remove(job(path[1])));
            case "DELETE environments" -> delete(exchange, code.environments().remove(code.environment(path[1])));
            case "DELETE functions" ->
                delete(exchange, code.functions().removeIf(f -> f.name().equals(path[1])));
            case "POST workers drain" -> {
                workers.move(path[1], WorkerState.DRAINING);
                exchange.noContent();
            }
            case "POST workers resume" -> {
                workers.move(path[1], WorkerState.ACTIVE);
                exchange.noContent();
            }
            case "GET keys" -> exchange.ok(exchange.page(keys, PAGE));
            case "POST keys" -> createKey(exchange);
            case "DELETE keys" -> delete(exchange, keys.removeIf(k -> k.name().equals(path[1])));
            case "GET cluster" -> exchange.ok(cluster());
            case "GET workers" -> exchange.ok(exchange.page(workers.all(), PAGE));
            default -> throw new Refused(404, "not-found", "there is nothing here", Map.of());
        }
    }

    private static void delete(FakeExchange exchange, boolean existed) throws IOException {
        if (!existed) {
            throw new Refused(404, "not-found", "there is nothing here", Map.of());
        }
        exchange.noContent();
    }

    private void createKey(FakeExchange exchange) throws IOException {
        NewAccessKey asked = exchange.body(NewAccessKey.class);
        keys.add(new AccessKey(asked.name(), asked.role(), asked.expiresAt(), NOW, "authkey", null));
        exchange.send(
                201,
                new AccessKey(
                        asked.name(), asked.role(), asked.expiresAt(), NOW, "authkey", "secret-of-" + asked.name()));
    }

    private void submit(FakeExchange exchange) throws IOException {
        JsonNode posted = "application/x-ndjson".equals(exchange.header("Content-Type"))
                ? lines(exchange)
                : exchange.body(JsonNode.class);
        FakeJob job = add(posted);
        exchange.send(202, job.view());
    }

    /** Converts a job of JSON lines to the equivalent JSON request. */
    private JsonNode lines(FakeExchange exchange) throws IOException {
        ObjectNode posted = JSON.createObjectNode();
        Map<String, String> query = exchange.parameters(Set.of(
                "function",
                "environmentId",
                "method",
                "priority",
                "labels.team",
                "retryOn",
                "maxFailures",
                "taskTimeoutSeconds",
                "deadlineSeconds",
                "name",
                "shared",
                "reduce"));
        query.forEach(posted::put);
        if (query.containsKey("reduce")) {
            posted.putObject("options").put("reduce", query.get("reduce"));
        }
        ArrayNode args = posted.putArray("args");
        exchange.lines().forEach(line -> args.add(JSON.readTree(line)));
        lastPosted = posted;
        return posted;
    }

    /** The last job posted as JSON lines, as the equivalent JSON request. */
    JsonNode lastPosted() {
        return lastPosted;
    }

    private void run(FakeExchange exchange) throws IOException {
        String wait = exchange.parameters(Set.of("wait", "values")).getOrDefault("wait", "");
        JsonNode posted = exchange.body(JsonNode.class);
        ObjectNode asJob =
                JSON.createObjectNode().put("method", posted.get("function").asString());
        asJob.put("environmentId", code.loadForRun().value()).set("args", posted.get("args"));
        asJob.set("options", posted.path("options"));
        FakeJob job = add(asJob);
        if (wait.equals("0ms")) {
            exchange.send(202, job.view());
            return;
        }
        job.advance();
        job.advance();
        String view = JSON.writeValueAsString(job.view());
        String values = posted.path("options").has("reduce") ? "" : ",\"values\":" + job.values();
        exchange.send(200, "application/json", "{\"job\":" + view + values + "}");
    }

    private FakeJob add(JsonNode posted) {
        FakeCode.Target target = code.target(posted);
        FakeJob job = new FakeJob(new JobId("job-" + (jobs.size() + 1)), target, posted, caller);
        jobs.addFirst(job);
        return job;
    }

    private Job advancedJob(FakeExchange exchange, String id) {
        String wait = exchange.parameters(Set.of("wait")).getOrDefault("wait", "0ms");
        if (!jobsHeld) {
            return job(id).advance();
        }
        var _ = CompletableFuture.anyOf(closed, job(id).cancellation())
                .completeOnTimeout(id, Long.parseLong(wait.replace("ms", "")), TimeUnit.MILLISECONDS)
                .join();
        return job(id).view();
    }

    private Job cancelled(FakeJob job) {
        if (cancelIgnored) {
            blockUntilClosed();
        }
        JobState state = job.view().state();
        if (state.isTerminal() && state != JobState.CANCELLED) {
            throw new Refused(409, "conflict", "the job has ended", Map.of("state", state));
        }
        return job.cancelled();
    }

    /** Blocks until this master is closed. */
    private void blockUntilClosed() {
        closed.join();
    }

    private static Job retried(FakeJob job) {
        JobState state = job.view().state();
        if (state != JobState.FAILED && state != JobState.CANCELLED) {
            throw new Refused(409, "conflict", "the job is " + state, Map.of("state", state));
        }
        return job.moveTo(JobState.QUEUED);
    }

    private ClusterView cluster() {
        List<WorkerView> active = workers.active();
        return new ClusterView(
                "1",
                1,
                active.size(),
                active.stream().mapToInt(WorkerView::slots).sum(),
                active.stream().mapToInt(WorkerView::busy).sum(),
                new ClusterView.Jobs(
                        count(JobState.QUEUED),
                        count(JobState.RUNNING),
                        count(JobState.PAUSED),
                        count(JobState.SUCCEEDED),
                        count(JobState.FAILED),
                        count(JobState.CANCELLED)),
                new TaskCounts(0, 0, 0, 0, 0, 0),
                0,
                0);
    }

    private long count(JobState state) {
        return jobs.stream().filter(job -> job.view().state() == state).count();
    }

    private Page<Job> jobs(FakeExchange exchange) {
        Set<String> allowed = Set.of("limit", "after", "state", "label.team");
        String state = exchange.parameters(allowed).getOrDefault("state", "");
        String team = exchange.parameters(allowed).getOrDefault("label.team", "");
        List<Job> view = jobs.stream()
                .map(FakeJob::view)
                .filter(job -> state.isEmpty() || job.state().name().equals(state))
                .filter(job -> team.isEmpty()
                        || team.equals(Objects.requireNonNullElse(job.options().labels(), Map.of())
                                .get("team")))
                .toList();
        return exchange.page(view, allowed);
    }

    private void values(FakeExchange exchange, FakeJob job) throws IOException {
        Map<String, String> asked = exchange.parameters(Set.of("wait", "strict", "as"));
        if (!job.view().state().isTerminal()) {
            throw new Refused(
                    409,
                    "conflict",
                    "the job has not ended",
                    Map.of("state", job.view().state()));
        }
        boolean map = "map".equals(asked.get("as"));
        exchange.send(200, "application/json", map ? job.valueMap() : job.values());
    }

    private void results(FakeExchange exchange, FakeJob job) throws IOException {
        Map<String, String> asked = exchange.parameters(Set.of("order", "after", "state", "follow", "args", "limit"));
        if ("true".equals(asked.get("follow"))) {
            if (jobsHeld) {
                blockUntilClosed();
            }
            job.advance(); // the response ends here, as that of a master during graceful shutdown
        }
        if ("text/csv".equals(exchange.header("Accept"))) {
            exchange.send(200, "text/csv", "index,state,value\r\n0,succeeded,\"1\"\r\n");
            return;
        }
        boolean byIndex = "index".equals(asked.get("order"));
        long after = Long.parseLong(asked.getOrDefault("after", byIndex ? "-1" : "0"));
        if ("cancelled".equals(asked.get("state"))) {
            exchange.send(
                    200,
                    "application/x-ndjson",
                    job.cancelledLines().skip(after + 1).collect(Collectors.joining()));
            return;
        }
        String lines = job.resultLines("true".equals(asked.get("args")))
                .skip(byIndex ? after + 1 : after)
                .filter(line -> !"failed".equals(asked.get("state")) || line.contains("\"error\""))
                .limit(Long.parseLong(asked.getOrDefault("limit", "1000")))
                .collect(Collectors.joining());
        if (resultsBroken && lines.length() > 1) {
            resultsBroken = false;
            exchange.sendBroken("application/x-ndjson", lines.substring(0, lines.length() - 2));
            return;
        }
        exchange.send(200, "application/x-ndjson", lines);
    }

    /** Adds a worker beside the local worker. */
    public void join(String name) {
        workers.add(name);
    }

    private FakeJob job(String id) {
        return jobs.stream()
                .filter(job -> job.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(404, "not-found", "no job " + id, Map.of()));
    }
}
