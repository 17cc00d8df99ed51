package io.minimalcluster.worker.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minimalcluster.model.support.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fake master that serves one worker at a time, keeps leases like a master, and injects faults. Guarded by its
 * monitor.
 */
public final class FakeMaster implements AutoCloseable {
    /** The key that it accepts. */
    public static final String KEY = "the-key-of-the-fake-master";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final EventLog events = new EventLog();
    private final Deque<InjectedFault> faults = new ArrayDeque<>();
    private final Deque<FakeBatch> pending = new ArrayDeque<>();
    private final Map<String, FakeBatch> leased = new LinkedHashMap<>();
    private final Map<String, FakeBatch> ended = new LinkedHashMap<>();
    private final Map<String, List<FakeBatch>> answered = new LinkedHashMap<>();
    private final Map<Long, String> outcomes = new TreeMap<>();
    private final List<JsonNode> registrations = new ArrayList<>();
    private final List<JsonNode> heartbeats = new ArrayList<>();
    private final List<JsonNode> results = new ArrayList<>();
    private final Map<String, Integer> shrinkOrders = new LinkedHashMap<>();
    private byte[] bundle = "a bundle".getBytes(StandardCharsets.UTF_8);
    private double heartbeatSeconds = 0.05;
    private double leaseSeconds = 15;
    private int workers;
    private String worker = "none";
    private String newestPoll = "";
    private int newestSlots;
    private @Nullable Boolean drainOrder;
    private boolean draining;
    private boolean unresponsive;

    private FakeMaster(HttpServer server) {
        this.server = server;
    }

    /** Starts a fake master on a free port of the loopback interface. */
    public static FakeMaster start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        FakeMaster master = new FakeMaster(server);
        server.setExecutor(master.threads);
        server.createContext("/", master::handle);
        server.start();
        return master;
    }

    /** The base address. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The events: {@code register}, {@code poll}, {@code results <lease>}, {@code done <lease>}, … */
    public EventLog events() {
        return events;
    }

    /** Injects a fault into the next call of its kind. */
    public synchronized void inject(InjectedFault... planned) {
        faults.addAll(List.of(planned));
    }

    /** Adds batches to hand out. */
    public synchronized void offer(FakeBatch... batches) {
        pending.addAll(List.of(batches));
        notifyAll();
    }

    /** Stops responding: calls are neither processed nor answered. */
    public synchronized void stopResponding() {
        unresponsive = true;
        notifyAll();
    }

    /** Responds again. Earlier calls never get a response. */
    public synchronized void resumeResponding() {
        unresponsive = false;
        notifyAll();
    }

    /** Removes the worker and its leases. */
    public synchronized void removeWorker() {
        worker = "none";
        leased.clear();
        notifyAll();
    }

    /** Reassigns a lease to another worker. */
    public synchronized void reassignLease(String lease) {
        leased.remove(lease);
        notifyAll();
    }

    /** Shrinks a lease to end at an index. */
    public synchronized void shrink(String lease, int end) {
        shrinkOrders.put(lease, end);
        notifyAll();
    }

    /** Orders the worker to start or stop draining. */
    public synchronized void orderDrain(boolean drain) {
        drainOrder = drain;
        notifyAll();
    }

    /** Sets whether polls for batches get a drain order and no batches. */
    public synchronized void setDraining(boolean drains) {
        draining = drains;
    }

    /** Sets the bundle. */
    public synchronized void serveBundle(byte[] bytes) {
        bundle = bytes.clone();
    }

    /** Sets the heartbeat interval and lease duration in seconds. */
    public synchronized void setIntervals(double heartbeat, double lease) {
        heartbeatSeconds = heartbeat;
        leaseSeconds = lease;
    }

    /** Recorded values and errors as JSON, by index. */
    public synchronized Map<Long, String> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** The received registrations. */
    public synchronized List<JsonNode> registrations() {
        return List.copyOf(registrations);
    }

    /** The received heartbeats. */
    public synchronized List<JsonNode> heartbeats() {
        return List.copyOf(heartbeats);
    }

    /** Waits for a heartbeat that reports a running task of a lease. */
    public void awaitHeartbeatOfRunningTask(String lease) throws InterruptedException {
        events.await(runningTaskOf(lease));
    }

    private static String runningTaskOf(String lease) {
        return "heartbeat of a running task of " + lease;
    }

    /** The recorded result parts. */
    public synchronized List<JsonNode> results() {
        return List.copyOf(results);
    }

    /** The slots of the latest poll. */
    public synchronized int requestedSlots() {
        return newestSlots;
    }

    /** The open leases. */
    public synchronized List<String> leases() {
        return List.copyOf(leased.keySet());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            FakeEndpoint call = FakeEndpoint.of(exchange);
            if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                events.add("unauthenticated");
                FakeResponse.problem(401, "unauthenticated", "wrong key").send(exchange);
                return;
            }
            InjectedFault fault = begin(call);
            FakeResponse response = fault == null ? null : fault.before();
            if (response == null) {
                response = answer(call, body);
            }
            boolean lost = fault != null && fault.losesResponse();
            if (lost || isUnresponsive()) {
                return;
            }
            response.send(exchange);
            events.add("responded to " + call.kind());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            events.add("defect " + e);
        }
    }

    private synchronized boolean isUnresponsive() {
        return unresponsive;
    }

    private synchronized @Nullable InjectedFault begin(FakeEndpoint call) throws InterruptedException {
        if (unresponsive) {
            events.add("dropped " + call.kind());
            while (unresponsive) {
                wait();
            }
            throw new InterruptedException("never answered");
        }
        events.add(call.kind());
        InjectedFault next = faults.peek();
        return next != null && next.matches(call) ? faults.remove() : null;
    }

    private FakeResponse answer(FakeEndpoint call, byte[] body) throws InterruptedException {
        JsonNode json;
        try {
            json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            return FakeResponse.problem(400, "malformed-request", "not JSON");
        }
        return switch (call.kind()) {
            case "register" -> register(json);
            case "bundle" -> bundle();
            default -> isKnown(call.worker()) ? ofWorker(call, json) : unknown();
        };
    }

    private FakeResponse ofWorker(FakeEndpoint call, JsonNode json) throws InterruptedException {
        return switch (call.kind()) {
            case "poll" -> poll(json, call.waitNanos());
            case "results" -> results(call.lease(), json);
            case "heartbeat" -> heartbeat(json);
            case "leave" -> leave();
            default -> FakeResponse.problem(404, "not-found", "no such call");
        };
    }

    private static FakeResponse unknown() {
        return FakeResponse.problem(410, "worker-unknown", "register again");
    }

    private synchronized boolean isKnown(String id) {
        return worker.equals(id);
    }

    private synchronized FakeResponse register(JsonNode json) {
        registrations.add(json);
        if (json.get("protocol").asInt() != 1) {
            return FakeResponse.problem(422, "unsupported-protocol", "protocol 1 is served");
        }
        worker = "worker-" + ++workers;
        leased.clear();
        events.add("registered " + worker);
        return FakeResponse.of(
                201,
                "{\"workerId\":\"%s\",\"heartbeatSeconds\":%s,\"leaseSeconds\":%s,\"more\":1}"
                        .formatted(worker, heartbeatSeconds, leaseSeconds));
    }

    private synchronized FakeResponse bundle() {
        return FakeResponse.file(bundle, Sha256.hex(bundle));
    }

    private synchronized FakeResponse poll(JsonNode json, long waitNanos) throws InterruptedException {
        String request = json.get("requestId").asString();
        List<String> held = JSON.convertValue(
                json.get("held"), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
        newestPoll = request;
        newestSlots = json.get("slots").asInt();
        events.add("poll slots=" + newestSlots);
        notifyAll();
        long until = System.nanoTime() + waitNanos;
        while (true) {
            if (worker.equals("none")) {
                return unknown();
            }
            FakeResponse response = answerTo(request, held);
            long left = (until - System.nanoTime()) / 1_000_000;
            if (response != null || left <= 0 || !newestPoll.equals(request) || unresponsive) {
                return response == null ? FakeResponse.NOTHING : response;
            }
            wait(left);
        }
    }

    private @Nullable FakeResponse answerTo(String request, List<String> held) {
        if (!newestPoll.equals(request)) {
            return null;
        }
        List<FakeBatch> batches = batches(request, held);
        List<String> stop =
                held.stream().filter(lease -> !leased.containsKey(lease)).toList();
        List<String> shrunk = shrinkOrders.entrySet().stream()
                .filter(order -> held.contains(order.getKey()))
                .map(order -> "{\"leaseId\":\"%s\",\"end\":%d}".formatted(order.getKey(), order.getValue()))
                .toList();
        Boolean drain = (draining && newestSlots > 0) ? Boolean.TRUE : drainOrder;
        if (batches.isEmpty() && stop.isEmpty() && shrunk.isEmpty() && drain == null) {
            return null;
        }
        shrunk.forEach(each -> events.add("shrunk"));
        shrinkOrders.keySet().removeAll(held);
        drainOrder = null;
        batches.forEach(batch -> events.add("handed out " + batch.lease()));
        return FakeResponse.of(
                200,
                "{\"batches\":[%s],\"shrunk\":[%s],\"stop\":%s,\"drain\":%s,\"later\":null}"
                        .formatted(
                                String.join(
                                        ",",
                                        batches.stream().map(FakeBatch::json).toList()),
                                String.join(",", shrunk),
                                JSON.writeValueAsString(stop),
                                drain != null && drain));
    }

    private List<FakeBatch> batches(String request, List<String> held) {
        List<FakeBatch> batches = new ArrayList<>(answered.getOrDefault(request, List.of()).stream()
                .filter(batch -> leased.containsKey(batch.lease()))
                .toList());
        leased.values().stream()
                .filter(batch -> !held.contains(batch.lease()) && !batches.contains(batch))
                .forEach(batches::add);
        while (!draining && batches.size() < newestSlots && !pending.isEmpty()) {
            FakeBatch batch = pending.remove();
            leased.put(batch.lease(), batch);
            batches.add(batch);
        }
        answered.put(request, List.copyOf(batches));
        return batches;
    }

    private synchronized FakeResponse results(String lease, JsonNode json) {
        FakeBatch batch = leased.getOrDefault(lease, ended.get(lease));
        if (batch == null) {
            return FakeResponse.problem(409, "lease-lost", "the lease was reassigned");
        }
        int count = json.get("count").asInt();
        long first = json.get("first").asLong();
        boolean scattered = batch.json().contains("\"indexes\"");
        long low = scattered ? 0 : batch.first();
        if (json.path("values").size() != count || first < low || first + count > low + batch.count()) {
            return FakeResponse.problem(400, "malformed-request", "a part out of bounds");
        }
        results.add(json);
        events.add("results " + lease);
        int known = record(batch, scattered, first, json);
        if (json.has("refused")) {
            events.add("refused " + lease);
        }
        if (json.get("done").asBoolean()) {
            leased.remove(lease);
            ended.put(lease, batch);
            events.add("done " + lease);
            notifyAll();
        }
        return FakeResponse.of(200, "{\"recorded\":%d,\"known\":%d}".formatted(count - known, known));
    }

    private int record(FakeBatch batch, boolean scattered, long first, JsonNode json) {
        int known = 0;
        Map<Long, String> errors = new LinkedHashMap<>();
        json.path("errors")
                .forEach(error -> errors.put(
                        error.get("index").asLong(), error.get("kind").asString()));
        for (int i = 0; i < json.path("values").size(); i++) {
            long index = scattered
                    ? JSON.readTree(batch.json())
                            .get("indexes")
                            .get((int) first + i)
                            .asLong()
                    : first + i;
            String value = json.get("values").get(i).toString();
            if (outcomes.putIfAbsent(index, errors.getOrDefault(index, value)) != null) {
                known++;
            }
        }
        return known;
    }

    private synchronized FakeResponse heartbeat(JsonNode json) {
        heartbeats.add(json);
        for (JsonNode lease : json.get("leases")) {
            if (!lease.get("running").isEmpty()) {
                events.add(runningTaskOf(lease.get("leaseId").asString()));
            }
        }
        return FakeResponse.NOTHING;
    }

    private synchronized FakeResponse leave() {
        worker = "none";
        leased.clear();
        events.add("left");
        notifyAll();
        return FakeResponse.NOTHING;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
