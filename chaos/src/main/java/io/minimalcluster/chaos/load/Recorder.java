package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.history.History;
import io.minimalcluster.chaos.history.LogLine;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Sha256;
import io.minimalcluster.chaos.order.Order;
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
public final class Recorder {
    private static final String LINES = "application/x-ndjson";
    private static final String JSON = "application/json";

    private final String client;
    private final Calls calls;
    private final History history;
    private final String environment;
    private boolean nobody;

    public Recorder(String client, Calls calls, History history, String environment) {
        this.client = client;
        this.calls = calls;
        this.history = history;
        this.environment = environment;
    }

    String client() {
        return client;
    }

    Calls calls() {
        return calls;
    }

    /** Looks at something without a word of it in the history. */
    public Answer look(String path) {
        return calls.get(path);
    }

    /** Whether the last call found nobody who could do anything for it. */
    boolean foundNobody() {
        return nobody;
    }

    public Answer post(Order order) {
        String body = order.body(environment);
        String path =
                order.form() == Order.Form.LINES ? "/jobs?environmentId=" + environment + "&" + order.query() : "/jobs";
        return recorded(
                Operation.POST,
                Map.of("name", order.name(), "order", order, "sha256", Sha256.of(body)),
                () -> calls.post(
                        path, order.form() == Order.Form.LINES ? LINES : JSON, body, order.keyed() ? order.name() : ""),
                Recorder::job);
    }

    /** The beginning of an upload by which no job may come to be. */
    void vanish(Order order) {
        recorded(
                Operation.VANISH,
                Map.of("name", order.name()),
                () -> new BrokenUpload(calls).send(environment, order),
                _ -> Map.of());
    }

    Answer job(String id, Duration wait) {
        return recorded(
                Operation.JOB,
                Map.of("job", id),
                () -> calls.get("/jobs/" + id + (wait.isZero() ? "" : "?wait=" + wait.toMillis() + "ms")),
                Recorder::job);
    }

    /** One of the calls that change a job and answer with it. */
    Answer change(Operation operation, String id, String verb) {
        return recorded(operation, Map.of("job", id), () -> calls.post("/jobs/" + id + "/" + verb), Recorder::job);
    }

    Answer delete(String id) {
        return recorded(Operation.DELETE, Map.of("job", id), () -> calls.delete("/jobs/" + id), _ -> Map.of());
    }

    Answer values(String id) {
        return recorded(
                Operation.VALUES,
                Map.of("job", id),
                () -> calls.get("/jobs/" + id + "/values"),
                answer -> Map.of("sha256", Sha256.of(answer.body().stripTrailing())));
    }

    /** Reads the log of a job from a line on. */
    Answer log(String id, long after) {
        return recorded(
                Operation.LOG,
                Map.of("job", id, "after", after),
                () -> calls.get("/jobs/" + id + "/results?order=completion&after=" + after),
                Recorder::lines);
    }

    /** The same, and then what comes within this time. */
    Answer follow(String id, long after, Duration longest) {
        return recorded(
                Operation.FOLLOW,
                Map.of("job", id, "after", after),
                () -> calls.stream("/jobs/" + id + "/results?follow=true&after=" + after, longest),
                Recorder::lines);
    }

    void probe(String path, String key) {
        recorded(Operation.PROBE, Map.of("path", path), () -> calls.intrude(path, key), _ -> Map.of());
    }

    private Answer recorded(
            Operation operation, Map<String, ?> asked, Supplier<Answer> call, Function<Answer, Map<String, ?>> facts) {
        long number = history.invoke(client, operation, asked);
        Answer answer = call.get();
        nobody = operation != Operation.VANISH && (answer.status() == 0 || answer.status() == 503);
        Map<String, Object> told = new HashMap<>();
        if (answer.status() != 0) {
            told.put("status", answer.status());
        }
        if (answer.status() >= 200 && answer.status() < 300) {
            told.putAll(facts.apply(answer));
        }
        history.end(number, client, operation, answer.phase(), told);
        return answer;
    }

    private static Map<String, ?> job(Answer answer) {
        return answer.json().map(Recorder::job).orElse(Map.of());
    }

    /** What matters of a job as it is shown. */
    static Map<String, ?> job(JsonNode job) {
        return Map.of(
                "job", job.path("id").asString(""),
                "state", job.path("state").asString(""),
                "tasks", job.path("tasks"));
    }

    private static Map<String, ?> lines(Answer answer) {
        return Map.of("lines", logLines(answer));
    }

    /** The lines that came whole. */
    static List<LogLine> logLines(Answer answer) {
        String body = answer.body().substring(0, answer.body().lastIndexOf('\n') + 1);
        List<LogLine> lines = new ArrayList<>();
        body.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            JsonNode node = JsonMapper.shared().readTree(line);
            lines.add(new LogLine(
                    node.path("index").asLong(-1),
                    node.has("value")
                            ? "value"
                            : node.path("error").path("kind").asString("nothing"),
                    Sha256.of(line)));
        });
        return lines;
    }
}
