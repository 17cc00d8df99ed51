package io.minimalcluster.system.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A worker whose calls a test makes one by one. It sends heartbeats by itself only during {@link #pollLater}. */
public final class RawWorker {
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("raw-worker").start(task);

    private static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(300);

    private final Api api;
    private final String id;
    private final AtomicInteger requests = new AtomicInteger();

    private RawWorker(Api api, String id) {
        this.api = api;
        this.id = id;
    }

    /** The JSON of a registration. */
    public static String registration(String name, int slots, int protocol, String javaVersion) {
        return """
                {"name":"%s","slots":%d,"labels":{},"isolation":"process","version":"1","javaVersion":"%s","pid":1,\
                "protocol":%d,"host":"here","local":false,"fromAnotherVersion":true}""".formatted(name, slots, javaVersion, protocol);
    }

    /** Registers a worker with two slots. */
    public static RawWorker register(Api api, String name) {
        return registerAs(api, registration(name, 2, 1, "25.0.1"));
    }

    /** Registers a worker with the given JSON. */
    public static RawWorker registerAs(Api api, String registration) {
        Response response = api.post("/workers", registration);
        return new RawWorker(api, response.expect(201).json().path("workerId").asString());
    }

    public String id() {
        return id;
    }

    /** Returns the same worker with another client. */
    public RawWorker through(Api other) {
        return new RawWorker(other, id);
    }

    public String path(String call) {
        return "/workers/" + id + call;
    }

    /** Polls with a new request id. */
    public Response poll(int slots, String wait, String... held) {
        return poll("request-" + requests.incrementAndGet(), slots, wait, held);
    }

    public Response poll(String requestId, int slots, String wait, String... held) {
        String leases = Arrays.stream(held).map(Json::write).collect(Collectors.joining(",", "[", "]"));
        return api.post(
                path("/poll?wait=" + wait),
                "{\"requestId\":\"%s\",\"slots\":%d,\"held\":%s,\"new\":1}".formatted(requestId, slots, leases));
    }

    /** Polls in a background thread, and sends heartbeats until the poll returns. */
    public CompletableFuture<Response> pollLater(String requestId, int slots, String wait, String... held) {
        CompletableFuture<Response> poll =
                CompletableFuture.supplyAsync(() -> poll(requestId, slots, wait, held), THREADS);
        THREADS.execute(() -> {
            while (!poll.isDone()) {
                api.post(path("/heartbeat"), "{\"leases\":[]}");
                LockSupport.parkNanos(HEARTBEAT_INTERVAL.toNanos());
            }
        });
        return poll;
    }

    /**
     * Polls until a batch is available and returns the first. The polls also serve as heartbeats, so each is shorter
     * than the shortest lease.
     *
     * @param held held leases, which the master would otherwise send again
     */
    public JsonNode takeBatch(String... held) {
        List<JsonNode> taken = new ArrayList<>();
        Await.until("a batch for " + id, () -> {
            Response response = poll(1, "1s", held);
            if (response.status() != 204) {
                response.expect(200).json().path("batches").forEach(taken::add);
            }
            return !taken.isEmpty();
        });
        return taken.getFirst();
    }

    public Response heartbeat(String lease) {
        return api.post(
                path("/heartbeat"), "{\"leases\":[{\"leaseId\":\"%s\",\"running\":[],\"next\":0}]}".formatted(lease));
    }

    /** Posts a body as a part of the results of a lease. */
    public Response results(String lease, String body) {
        return api.post(path("/leases/" + lease + "/results"), body);
    }

    /** Posts values of consecutive indexes. */
    public Response results(String lease, long first, int count, String values, boolean done) {
        return results(
                lease,
                "{\"first\":%d,\"count\":%d,\"values\":[%s],\"micros\":[],\"done\":%s}"
                        .formatted(first, count, values, done));
    }

    public Response leave() {
        return api.delete(path(""));
    }
}
