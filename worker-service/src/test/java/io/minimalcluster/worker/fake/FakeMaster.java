package io.minimalcluster.worker.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
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
 * Serves the worker's calls to one worker at a time, keeps leases as the contract says, and plays the scenarios of
 * {@link InjectedFault}. All its state is guarded by its monitor.
 */
public final class FakeMaster implements AutoCloseable {
    /** The key it takes. */
    public static final String KEY = "the-key-of-the-fake-master";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final EventLog events = new EventLog();
    private final Deque<InjectedFault> troubles = new ArrayDeque<>();
    private final Deque<FakeBatch> pending = new ArrayDeque<>();
    private final Map<String, FakeBatch> leased = new LinkedHashMap<>();
    private final Map<String, FakeBatch> ended = new LinkedHashMap<>();
    private final Map<String, List<FakeBatch>> answered = new LinkedHashMap<>();
    private final Map<Long, String> outcomes = new TreeMap<>();
    private final List<JsonNode> registrations = new ArrayList<>();
    private final List<JsonNode> heartbeats = new ArrayList<>();
    private final List<JsonNode> results = new ArrayList<>();
    private final Map<String, Integer> cuts = new LinkedHashMap<>();
    private byte[] bundle = "a bundle".getBytes(StandardCharsets.UTF_8);
    private double heartbeatSeconds = 0.05;
    private double leaseSeconds = 15;
    private int workers;
    private String worker = "none";
    private String newestPoll = "";
    private int newestSlots;
    private @Nullable Boolean drainOrder;
    private boolean draining;
    private boolean blackHole;

    private FakeMaster(HttpServer server) {
        this.server = server;
    }

    /** Starts one on a free port of the loopback interface. */
    public static FakeMaster start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        FakeMaster master = new FakeMaster(server);
        server.setExecutor(master.threads);
        server.createContext("/", master::handle);
        server.start();
        return master;
    }

    /** Where it is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What happened: {@code register}, {@code poll}, {@code results <lease>}, {@code done <lease>}, … */
    public EventLog events() {
        return events;
    }

    /** The next call of the kind goes wrong so. */
    public synchronized void plan(InjectedFault... planned) {
        troubles.addAll(List.of(planned));
    }

    /** Has batches to hand out. */
    public synchronized void offer(FakeBatch... batches) {
        pending.addAll(List.of(batches));
        notifyAll();
    }

    /** Answers nothing from now on. */
    public synchronized void fallSilent() {
        blackHole = true;
        notifyAll();
    }

    /** Answers again; what came meanwhile is never answered. */
    public synchronized void recover() {
        blackHole = false;
        notifyAll();
    }

    /** Does not know the worker any more; its leases go free. */
    public synchronized void forgetWorker() {
        worker = "none";
        leased.clear();
        notifyAll();
    }

    /** Gives the lease to another. */
    public synchronized void loseLease(String lease) {
        leased.remove(lease);
        notifyAll();
    }

    /** Takes back the tasks of a lease from an index on. */
    public synchronized void cut(String lease, int end) {
        cuts.put(lease, end);
        notifyAll();
    }

    /** Orders the worker to take nothing new, or to take it again. */
    public synchronized void orderDrain(boolean drain) {
        drainOrder = drain;
        notifyAll();
    }

    /** Gives nothing to a worker that asks for work, and tells it so; when that ends, it says nothing. */
    public synchronized void setDraining(boolean drains) {
        draining = drains;
    }

    /** Serves other bytes as the bundle. */
    public synchronized void serveBundle(byte[] bytes) {
        bundle = bytes.clone();
    }

    /** What it answers to a registration. */
    public synchronized void promise(double heartbeat, double lease) {
        heartbeatSeconds = heartbeat;
        leaseSeconds = lease;
    }

    /** Recorded values and errors as JSON, by index. */
    public synchronized Map<Long, String> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** What workers said of themselves. */
    public synchronized List<JsonNode> registrations() {
        return List.copyOf(registrations);
    }

    /** Every heartbeat. */
    public synchronized List<JsonNode> heartbeats() {
        return List.copyOf(heartbeats);
    }

    /** Waits until the worker says that it runs a task. */
    public void awaitHeartbeatOfRunningTask() throws InterruptedException {
        events.await("heartbeat of a running task");
    }

    /** Every part of results that was recorded. */
    public synchronized List<JsonNode> results() {
        return List.copyOf(results);
    }

    /** The slots of the poll that came last. */
    public synchronized int askedSlots() {
        return newestSlots;
    }

    /** The leases that are out. */
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
            boolean lost = fault != null && fault.losesTheAnswer();
            if (lost || isBlackHole()) {
                return;
            }
            response.send(exchange);
            events.add("answered " + call.kind());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            events.add("defect " + e);
        }
    }

    private synchronized boolean isBlackHole() {
        return blackHole;
    }

    private synchronized @Nullable InjectedFault begin(FakeEndpoint call) throws InterruptedException {
        if (blackHole) {
            events.add("swallowed " + call.kind());
            while (blackHole) {
                wait();
            }
            throw new InterruptedException("never answered");
        }
        events.add(call.kind());
        InjectedFault next = troubles.peek();
        return next != null && next.fits(call) ? troubles.remove() : null;
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
        return FakeResponse.file(bundle, sha256(bundle));
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
            if (response != null || left <= 0 || !newestPoll.equals(request) || blackHole) {
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
        List<String> shrunk = cuts.entrySet().stream()
                .filter(cut -> held.contains(cut.getKey()))
                .map(cut -> "{\"leaseId\":\"%s\",\"end\":%d}".formatted(cut.getKey(), cut.getValue()))
                .toList();
        Boolean drain = (draining && newestSlots > 0) ? Boolean.TRUE : drainOrder;
        if (batches.isEmpty() && stop.isEmpty() && shrunk.isEmpty() && drain == null) {
            return null;
        }
        shrunk.forEach(each -> events.add("shrunk"));
        cuts.keySet().removeAll(held);
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
            return FakeResponse.problem(409, "lease-lost", "the batch went to another");
        }
        int count = json.get("count").asInt();
        long first = json.get("first").asLong();
        boolean scattered = batch.json().contains("\"indexes\"");
        long low = scattered ? 0 : batch.first();
        if (json.get("values").size() != count || first < low || first + count > low + batch.count()) {
            return FakeResponse.problem(400, "malformed-request", "a part out of bounds");
        }
        results.add(json);
        events.add("results " + lease);
        int known = record(batch, scattered, first, json);
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
        for (int i = 0; i < json.get("values").size(); i++) {
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
        boolean runs = json.get("leases").findValues("running").stream().anyMatch(running -> !running.isEmpty());
        events.add(runs ? "heartbeat of a running task" : "heartbeat of none");
        return FakeResponse.NOTHING;
    }

    private synchronized FakeResponse leave() {
        worker = "none";
        leased.clear();
        events.add("left");
        notifyAll();
        return FakeResponse.NOTHING;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
