package io.minimalcluster.client;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the body of {@code POST /jobs} and {@code POST /run}. The arguments come last, so that a file of arguments is
 * streamed.
 */
final class JobRequestWriter {
    private final ObjectMapper json;

    JobRequestWriter(ObjectMapper json) {
        this.json = json;
    }

    BodyPublisher of(NewJob job) throws FileNotFoundException {
        return of(head(job), job.arguments());
    }

    BodyPublisher of(NewRun run) throws FileNotFoundException {
        ObjectNode object = json.createObjectNode();
        object.put("function", run.function());
        object.set("sources", json.valueToTree(run.code().sources()));
        object.set("options", json.valueToTree(run.options()));
        return of(open(object), run.arguments());
    }

    private BodyPublisher of(String head, Arguments arguments) throws FileNotFoundException {
        return switch (arguments) {
            case Arguments.Values(var values) -> text(head, json.writeValueAsString(values));
            case Arguments.Json(String array) -> text(head, array);
            case Arguments.Range(var range) ->
                text(head, json.writeValueAsString(json.createObjectNode().putPOJO("range", range)));
            case Arguments.JsonFile(var file) ->
                BodyPublishers.concat(
                        BodyPublishers.ofString(head), BodyPublishers.ofFile(file), BodyPublishers.ofString("}"));
            case Arguments.JsonLines _, Arguments.JsonLinesFrom _ ->
                throw new IllegalArgumentException("lines are posted as a job of their own");
        };
    }

    /** The JSON text before the arguments. */
    private String head(NewJob job) {
        ObjectNode object = json.createObjectNode();
        switch (job.target()) {
            case NewJob.Registered(String function) -> object.put("function", function);
            case NewJob.Method(var environment, String method) ->
                object.put("environmentId", environment.value()).put("method", method);
        }
        object.set("options", json.valueToTree(job.options()));
        return open(object);
    }

    /** Serialises the object without its closing brace, so that the arguments can follow. */
    private String open(ObjectNode object) {
        String whole = json.writeValueAsString(object);
        return whole.substring(0, whole.length() - 1) + ",\"args\":";
    }

    private static BodyPublisher text(String head, String arguments) {
        return BodyPublishers.ofString(head + arguments + "}");
    }
}
