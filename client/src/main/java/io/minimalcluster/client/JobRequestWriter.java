package io.minimalcluster.client;

import io.minimalcluster.client.json.ElementsInputStream;
import io.minimalcluster.client.json.ValueMapper;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the body of {@code POST /jobs} and {@code POST /run}, or the query of a job whose arguments are lines. The
 * arguments come last in a body, so that a file of arguments is streamed.
 */
final class JobRequestWriter {
    private final ObjectMapper json;

    JobRequestWriter(ObjectMapper json) {
        this.json = json;
    }

    BodyPublisher of(NewJob job) throws FileNotFoundException {
        ObjectNode object = target(job);
        object.set("options", json.valueToTree(job.options()));
        return of(open(object), job.arguments());
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
            case Arguments.Values(var values) -> text(head, ValueMapper.text(values));
            case Arguments.Json(String array) -> text(head, array);
            case Arguments.Range(var range) ->
                text(head, json.writeValueAsString(json.createObjectNode().putPOJO("range", range)));
            case Arguments.JsonFile(var file) ->
                BodyPublishers.concat(
                        BodyPublishers.ofString(head), FileBody.of(file).bytes(), BodyPublishers.ofString("}"));
            case Arguments.JsonLines _, Arguments.JsonLinesFrom _, Arguments.Each _ ->
                throw new IllegalArgumentException("lines are posted as a job of their own");
        };
    }

    /** The body of a job whose arguments are written one by one. */
    BodyPublisher of(NewJob job, Arguments.Each each) {
        ObjectNode object = target(job);
        object.set("options", json.valueToTree(job.options()));
        return BodyPublishers.concat(
                BodyPublishers.ofString(open(object)),
                BodyPublishers.ofInputStream(() -> ElementsInputStream.array(each.values())),
                BodyPublishers.ofString("}"));
    }

    /** The target function and the options as query parameters. */
    Map<String, String> query(NewJob job) {
        Map<String, String> parameters = new LinkedHashMap<>();
        target(job)
                .properties()
                .forEach(part -> parameters.put(part.getKey(), part.getValue().asString()));
        json.<JsonNode>valueToTree(job.options()).properties().forEach(option -> {
            String name = option.getKey();
            JsonNode value = option.getValue();
            switch (name) {
                case "labels", "requires" ->
                    value.properties()
                            .forEach(label -> parameters.put(
                                    name + "." + label.getKey(),
                                    label.getValue().asString()));
                case "retryOn" ->
                    parameters.put(
                            name, value.valueStream().map(JsonNode::asString).collect(Collectors.joining(",")));
                case "shared" -> parameters.put(name, value.toString());
                default -> parameters.put(name, value.isString() ? value.asString() : value.toString());
            }
        });
        return parameters;
    }

    private ObjectNode target(NewJob job) {
        ObjectNode object = json.createObjectNode();
        return switch (job.target()) {
            case NewJob.Registered(String function) -> object.put("function", function);
            case NewJob.Method(var environment, String method) ->
                object.put("environmentId", environment.value()).put("method", method);
        };
    }

    /** Serialises the object before the arguments, without its closing brace, so that the arguments can follow. */
    private String open(ObjectNode object) {
        String whole = json.writeValueAsString(object);
        return whole.substring(0, whole.length() - 1) + ",\"args\":";
    }

    private static BodyPublisher text(String head, String arguments) {
        return BodyPublishers.ofString(head + arguments + "}");
    }

    /**
     * The bytes of a file as a part of a request. A regular file is read again at each attempt. A pipe or a device has
     * no length and is read once, as standard input is. It is opened before the request, because the master waits only
     * for a limited time for the bytes, and the opening of a pipe waits for its writer. An interrupt ends the wait.
     */
    record FileBody(BodyPublisher bytes, boolean once) {
        static FileBody of(Path file) throws FileNotFoundException {
            if (!Arguments.isReadOnce(file)) {
                return new FileBody(BodyPublishers.ofFile(file), false);
            }
            InputStream opened = opened(file); // closed by the publisher, at its end
            return new FileBody(BodyPublishers.ofInputStream(() -> opened), true);
        }

        private static InputStream opened(Path file) throws FileNotFoundException {
            CompletableFuture<InputStream> opening = new CompletableFuture<>();
            Thread.ofPlatform().daemon().name("open-" + file.getFileName()).start(() -> open(file, opening));
            try {
                return opening.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof FileNotFoundException missing) {
                    throw missing;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                opening.cancel(true);
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new InterruptedIOException("interrupted while opening " + file));
            }
        }

        /** The thread can't be interrupted. It closes what it has opened too late. */
        private static void open(Path file, CompletableFuture<InputStream> opening) {
            try {
                InputStream opened = new FileInputStream(file.toFile());
                if (!opening.complete(opened)) {
                    opened.close();
                }
            } catch (IOException e) {
                opening.completeExceptionally(e);
            }
        }
    }
}
