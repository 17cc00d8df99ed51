package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.history.History;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.ResultLine;
import io.minimalcluster.chaos.job.JobRequest;
import io.minimalcluster.model.support.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls of one client. Each call is recorded in the history before and after. */
public final class CallRecorder {
    private static final String LINES = "application/x-ndjson";
    private static final String JSON = "application/json";

    private final String client;
    private final SingleCalls calls;
    private final History history;
    private final String environment;
    private boolean unavailable;

    public CallRecorder(String client, SingleCalls calls, History history, String environment) {
        this.client = client;
        this.calls = calls;
        this.history = history;
        this.environment = environment;
    }

    String client() {
        return client;
    }

    SingleCalls calls() {
        return calls;
    }

    /** Whether the last call found no available master. */
    boolean isMasterUnavailable() {
        return unavailable;
    }

    public CallResponse post(JobRequest order) {
        String body = order.body(environment);
        String path = order.form() == JobRequest.Form.LINES
                ? "/jobs?environmentId=" + environment + "&" + order.query()
                : "/jobs";
        return recorded(
                Operation.POST,
                Map.of("name", order.name(), "order", order, "sha256", Sha256.hex(body)),
                () -> calls.post(
                        path,
                        order.form() == JobRequest.Form.LINES ? LINES : JSON,
                        body,
                        order.keyed() ? order.name() : ""),
                CallRecorder::job);
    }

    /** Starts an upload and aborts it, which must not create a job. */
    void abortUpload(JobRequest order) {
        recorded(
                Operation.VANISH,
                Map.of("name", order.name()),
                () -> calls.abortUpload(environment, order),
                _ -> Map.of());
    }

    CallResponse job(String id, Duration wait) {
        return recorded(
                Operation.JOB,
                Map.of("job", id),
                () -> calls.get("/jobs/" + id + (wait.isZero() ? "" : "?wait=" + wait.toMillis() + "ms")),
                CallRecorder::job);
    }

    /** A call that changes a job and returns it. */
    CallResponse change(Operation operation, String id, String verb) {
        return recorded(operation, Map.of("job", id), () -> calls.post("/jobs/" + id + "/" + verb), CallRecorder::job);
    }

    CallResponse delete(String id) {
        return recorded(Operation.DELETE, Map.of("job", id), () -> calls.delete("/jobs/" + id), _ -> Map.of());
    }

    CallResponse values(String id) {
        return recorded(
                Operation.VALUES,
                Map.of("job", id),
                () -> calls.get("/jobs/" + id + "/values"),
                response -> Map.of("sha256", Sha256.hex(response.body().stripTrailing())));
    }

    /** Reads the log of a job from a position. */
    CallResponse log(String id, long after) {
        return recorded(
                Operation.LOG,
                Map.of("job", id, "after", after),
                () -> calls.get("/jobs/" + id + "/results?order=completion&after=" + after),
                CallRecorder::lines);
    }

    /** Reads the log of a job from a position and follows it for a limited time. */
    CallResponse follow(String id, long after, Duration timeout) {
        return recorded(
                Operation.FOLLOW,
                Map.of("job", id, "after", after),
                () -> calls.stream("/jobs/" + id + "/results?follow=true&after=" + after, timeout),
                CallRecorder::lines);
    }

    void probe(String path, String key) {
        recorded(Operation.PROBE, Map.of("path", path), () -> calls.callWithWrongKey(path, key), _ -> Map.of());
    }

    private CallResponse recorded(
            Operation operation,
            Map<String, ?> request,
            Supplier<CallResponse> call,
            Function<CallResponse, Map<String, ?>> facts) {
        long number = history.invoke(client, operation, request);
        CallResponse response = call.get();
        unavailable = operation != Operation.VANISH && (response.status() == 0 || response.status() == 503);
        Map<String, Object> responseFacts = new HashMap<>();
        if (response.status() != 0) {
            responseFacts.put("status", response.status());
        }
        if (response.status() >= 200 && response.status() < 300) {
            responseFacts.putAll(facts.apply(response));
        }
        history.end(number, client, operation, response.phase(), responseFacts);
        return response;
    }

    private static Map<String, ?> job(CallResponse response) {
        return response.json().map(CallRecorder::job).orElse(Map.of());
    }

    /** The recorded fields of a job. */
    static Map<String, ?> job(JsonNode job) {
        return Map.of(
                "job", job.path("id").asString(""),
                "state", job.path("state").asString(""),
                "tasks", job.path("tasks"));
    }

    private static Map<String, ?> lines(CallResponse response) {
        return Map.of("lines", logLines(response));
    }

    /** The complete lines of a response. */
    static List<ResultLine> logLines(CallResponse response) {
        String body = response.body().substring(0, response.body().lastIndexOf('\n') + 1);
        List<ResultLine> lines = new ArrayList<>();
        body.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            JsonNode node = JsonMapper.shared().readTree(line);
            lines.add(new ResultLine(
                    node.path("index").asLong(-1),
                    node.has("value")
                            ? "value"
                            : node.path("error").path("kind").asString("nothing"),
                    Sha256.hex(line)));
        });
        return lines;
    }
}
