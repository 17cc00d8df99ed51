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

/** The calls of one client, each written down before it is made and after. */
public final class CallRecorder {
    private static final String LINES = "application/x-ndjson";
    private static final String JSON = "application/json";

    private final String client;
    private final SingleCalls calls;
    private final History history;
    private final String environment;
    private boolean nobody;

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

    /** Looks at something without a word of it in the history. */
    public CallResponse look(String path) {
        return calls.get(path);
    }

    /** Whether the last call found nobody who could do anything for it. */
    boolean foundNobody() {
        return nobody;
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

    /** The beginning of an upload by which no job may come to be. */
    void vanish(JobRequest order) {
        recorded(
                Operation.VANISH,
                Map.of("name", order.name()),
                () -> new AbortedUpload(calls).send(environment, order),
                _ -> Map.of());
    }

    CallResponse job(String id, Duration wait) {
        return recorded(
                Operation.JOB,
                Map.of("job", id),
                () -> calls.get("/jobs/" + id + (wait.isZero() ? "" : "?wait=" + wait.toMillis() + "ms")),
                CallRecorder::job);
    }

    /** One of the calls that change a job and answer with it. */
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

    /** Reads the log of a job from a line on. */
    CallResponse log(String id, long after) {
        return recorded(
                Operation.LOG,
                Map.of("job", id, "after", after),
                () -> calls.get("/jobs/" + id + "/results?order=completion&after=" + after),
                CallRecorder::lines);
    }

    /** The same, and then what comes within this time. */
    CallResponse follow(String id, long after, Duration longest) {
        return recorded(
                Operation.FOLLOW,
                Map.of("job", id, "after", after),
                () -> calls.stream("/jobs/" + id + "/results?follow=true&after=" + after, longest),
                CallRecorder::lines);
    }

    void probe(String path, String key) {
        recorded(Operation.PROBE, Map.of("path", path), () -> calls.callWithWrongKey(path, key), _ -> Map.of());
    }

    private CallResponse recorded(
            Operation operation,
            Map<String, ?> asked,
            Supplier<CallResponse> call,
            Function<CallResponse, Map<String, ?>> facts) {
        long number = history.invoke(client, operation, asked);
        CallResponse response = call.get();
        nobody = operation != Operation.VANISH && (response.status() == 0 || response.status() == 503);
        Map<String, Object> told = new HashMap<>();
        if (response.status() != 0) {
            told.put("status", response.status());
        }
        if (response.status() >= 200 && response.status() < 300) {
            told.putAll(facts.apply(response));
        }
        history.end(number, client, operation, response.phase(), told);
        return response;
    }

    private static Map<String, ?> job(CallResponse response) {
        return response.json().map(CallRecorder::job).orElse(Map.of());
    }

    /** What matters of a job as it is shown. */
    static Map<String, ?> job(JsonNode job) {
        return Map.of(
                "job", job.path("id").asString(""),
                "state", job.path("state").asString(""),
                "tasks", job.path("tasks"));
    }

    private static Map<String, ?> lines(CallResponse response) {
        return Map.of("lines", logLines(response));
    }

    /** The lines that came whole. */
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
