package io.minimalcluster.system.harness;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Plays a worker's part, call by call, and does nothing by itself: no heartbeat, no poll. */
public final class RawWorker {
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("raw-worker").start(task);

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
        Answer answer = api.post("/workers", registration);
        return new RawWorker(api, answer.expect(201).json().path("workerId").asString());
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
    public Answer poll(int slots, String wait, String... held) {
        return poll("request-" + requests.incrementAndGet(), slots, wait, held);
    }

    public Answer poll(String requestId, int slots, String wait, String... held) {
        String leases = Arrays.stream(held).map(Json::write).collect(Collectors.joining(",", "[", "]"));
        return api.post(
                path("/poll?wait=" + wait),
                "{\"requestId\":\"%s\",\"slots\":%d,\"held\":%s,\"new\":1}".formatted(requestId, slots, leases));
    }

    /** Polls on another thread. */
    public CompletableFuture<Answer> pollLater(String requestId, int slots, String wait, String... held) {
        return CompletableFuture.supplyAsync(() -> poll(requestId, slots, wait, held), THREADS);
    }

    /**
     * Polls until there is a batch: the first.
     *
     * @param held the leases that it has, which would be sent again otherwise
     */
    public JsonNode takeBatch(String... held) {
        JsonNode batches = poll(1, "20s", held).expect(200).json().path("batches");
        if (batches.isEmpty()) {
            throw new AssertionError("a poll without a batch");
        }
        return batches.get(0);
    }

    public Answer heartbeat(String lease) {
        return api.post(
                path("/heartbeat"), "{\"leases\":[{\"leaseId\":\"%s\",\"running\":[],\"next\":0}]}".formatted(lease));
    }

    /** Posts any body as a part of the results of a lease. */
    public Answer results(String lease, String body) {
        return api.post(path("/leases/" + lease + "/results"), body);
    }

    /** Posts values of consecutive indexes. */
    public Answer results(String lease, long first, int count, String values, boolean done) {
        return results(
                lease,
                "{\"first\":%d,\"count\":%d,\"values\":[%s],\"micros\":[],\"done\":%s}"
                        .formatted(first, count, values, done));
    }

    public Answer leave() {
        return api.delete(path(""));
    }
}
