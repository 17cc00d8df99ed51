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

/** Plays a worker's part, call by call, and does nothing by itself but to beat while a poll waits. */
public final class RawWorker {
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("raw-worker").start(task);

    private static final Duration BEAT = Duration.ofMillis(300);

    private final Api api;
    private final String id;
    private final AtomicInteger requests = new AtomicInteger();

    private RawWorker(Api api, String id) {
        this.api = api;
        this.id = id;
    }

    /** What a worker says of itself when it registers. */
    public static String registration(String name, int slots, int protocol, String javaVersion) {
        return """
                {"name":"%s","slots":%d,"labels":{},"isolation":"process","version":"1","javaVersion":"%s","pid":1,\
                "protocol":%d,"host":"here","local":false,"fromAnotherVersion":true}""".formatted(name, slots, javaVersion, protocol);
    }

    /** Registers with two slots. */
    public static RawWorker register(Api api, String name) {
        return registerAs(api, registration(name, 2, 1, "25.0.1"));
    }

    /** Registers with what it says of itself, JSON. */
    public static RawWorker registerAs(Api api, String registration) {
        Response response = api.post("/workers", registration);
        return new RawWorker(api, response.expect(201).json().path("workerId").asString());
    }

    public String id() {
        return id;
    }

    /** The same worker, which calls by another way. */
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

    /** Polls on another thread, and is heard of while the poll waits, as a worker is. */
    public CompletableFuture<Response> pollLater(String requestId, int slots, String wait, String... held) {
        CompletableFuture<Response> poll =
                CompletableFuture.supplyAsync(() -> poll(requestId, slots, wait, held), THREADS);
        THREADS.execute(() -> {
            while (!poll.isDone()) {
                api.post(path("/heartbeat"), "{\"leases\":[]}");
                LockSupport.parkNanos(BEAT.toNanos());
            }
        });
        return poll;
    }

    /**
     * Polls until there is a batch: the first. Each poll is a sign of life, so that none outlasts the shortest lease.
     *
     * @param held the leases that it has, which would be sent again otherwise
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

    /** Posts any body as a part of the results of a lease. */
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
