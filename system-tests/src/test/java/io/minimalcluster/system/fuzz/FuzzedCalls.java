package io.minimalcluster.system.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.system.harness.Json;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Draws requests from an OpenAPI document: its calls and examples, with hostile changes. */
final class FuzzedCalls {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "-1",
            "0",
            "1",
            "true",
            "null",
            "last",
            "9223372036854775808",
            "1e400",
            "NaN",
            "\0",
            "a\u0001\u001b",
            "\u202e\ud83d\ude00",
            "'; drop table job; --",
            "%s%n${jndi:ldap://x}#{1+1}",
            "../../etc/passwd",
            "<script>",
            "job-0",
            "env-0",
            "worker-0",
            "x".repeat(3_000));
    private static final List<String> TYPES = List.of(
            "application/json",
            "text/plain",
            "application/x-ndjson",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "application/json;charset=x",
            "application/*",
            "*/*",
            "application/json;;",
            "text/csv",
            "");
    private static final List<String> VALUES = List.of(
            "null",
            "-1",
            "0",
            "1e999",
            "9223372036854775808",
            "\"\"",
            "\"\\u0000\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "[]",
            "{}",
            "[[[[[[]]]]]]",
            "{\"a\":{\"b\":null}}",
            "true");

    private final List<Template> templates = new ArrayList<>();
    private final SplittableRandom random;
    private final Map<String, String> ids;

    private record Template(String method, String path, JsonNode call) {}

    /** A request; the body may be empty. */
    record Request(String method, String path, Map<String, String> headers, byte[] body) {}

    /**
     * @param excluded calls that end the master or its worker
     * @param ids existing resources by the kind in the path, such as {@code jobs}
     */
    FuzzedCalls(JsonNode document, List<String> excluded, Map<String, String> ids, SplittableRandom random) {
        this.random = random;
        this.ids = ids;
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((name, call) -> {
                    String method = name.toUpperCase(Locale.ROOT);
                    if (!excluded.contains(method + " " + path)) {
                        templates.add(new Template(method, path, call));
                    }
                }));
    }

    int calls() {
        return templates.size();
    }

    private boolean rarely() {
        return random.nextInt(8) == 0;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Request next() {
        Template template = any(templates);
        Map<String, String> headers = new TreeMap<>();
        List<String> query = new ArrayList<>();
        String path = template.path();
        for (JsonNode parameter : template.call().path("parameters")) {
            String name = parameter.path("name").asString();
            boolean isWait = name.equals("wait"); // without it a call may wait for as long as it can
            String value = !isWait ? parameterValue(parameter) : rarely() ? any(TEXTS) : "0s";
            switch (parameter.path("in").asString()) {
                case "path" -> {
                    String id = ids.getOrDefault(path.split("/", -1)[3], value);
                    path = path.replace("{" + name + "}", encoded(name.equals("id") && !rarely() ? id : value));
                }
                case "header" -> {
                    if (random.nextBoolean() && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                        headers.put(name, value);
                    }
                }
                default -> {
                    if (isWait || random.nextInt(3) == 0) {
                        query.add(encoded(name) + "=" + encoded(value));
                    }
                }
            }
        }
        if (rarely()) {
            query.add(encoded(any(TEXTS)) + (random.nextBoolean() ? "=" + encoded(any(TEXTS)) : ""));
        }
        byte[] body = body(template.call(), headers);
        if (rarely()) {
            headers.put(
                    "Accept", any(List.of("*/*", "text/csv", "application/x-ndjson", "text/event-stream", "x", "")));
        }
        String suffix = query.isEmpty() ? "" : "?" + String.join("&", query);
        return new Request(template.method(), path + suffix, headers, body);
    }

    private String parameterValue(JsonNode parameter) {
        return random.nextInt(3) == 0 || !parameter.has("example") ? any(TEXTS) : text(parameter.path("example"));
    }

    private static String text(JsonNode example) {
        return example.isContainer() ? example.toString() : example.asString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private byte[] body(JsonNode call, Map<String, String> headers) {
        List<String> types =
                List.copyOf(call.path("requestBody").path("content").propertyNames());
        if (types.isEmpty()) {
            return rarely() ? any(VALUES).getBytes(UTF_8) : new byte[0];
        }
        String type = any(types);
        JsonNode example = call.path("requestBody").path("content").path(type).path("example");
        headers.put("Content-Type", rarely() ? any(TYPES) : type);
        String text;
        if (type.startsWith("multipart/")) {
            headers.put("Content-Type", "multipart/form-data; boundary=cut");
            text = form(example);
        } else if (example.isContainer()) {
            text = mutated(example.deepCopy()).toString();
        } else {
            text = example.asString();
        }
        return damaged(text.getBytes(UTF_8));
    }

    private String form(JsonNode example) {
        StringBuilder form = new StringBuilder();
        example.forEachEntry((field, value) -> form.append("--cut\r\nContent-Disposition: form-data; name=\"")
                .append(rarely() ? any(TEXTS) : field)
                .append(rarely() ? "\"; filename=\"" + any(TEXTS) : "")
                .append("\"\r\n\r\n")
                .append(rarely() ? any(TEXTS) : text(value))
                .append("\r\n"));
        return form.append("--cut--\r\n").toString();
    }

    /** Changes a few nodes of a document. */
    private JsonNode mutated(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                for (String name : List.copyOf(object.propertyNames())) {
                    switch (random.nextInt(10)) {
                        case 0 -> object.remove(name);
                        case 1 -> object.set(name, Json.read(any(VALUES).getBytes(UTF_8)));
                        case 2 -> object.put(name, any(TEXTS));
                        case 3 -> object.set(any(TEXTS), object.get(name));
                        default -> object.set(name, mutated(object.get(name)));
                    }
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, rarely() ? Json.read(any(VALUES).getBytes(UTF_8)) : mutated(array.get(i)));
                }
            }
            default -> {}
        }
        return node;
    }

    /** Cuts, repeats or overwrites bytes of some bodies. */
    private byte[] damaged(byte[] body) {
        if (body.length == 0 || random.nextInt(4) != 0) {
            return body;
        }
        int at = random.nextInt(body.length);
        return switch (random.nextInt(4)) {
            case 0 -> java.util.Arrays.copyOf(body, at);
            case 1 -> {
                body[at] = (byte) random.nextInt(256);
                yield body;
            }
            case 2 -> (new String(body, ISO_8859_1) + new String(body, ISO_8859_1)).getBytes(ISO_8859_1);
            default ->
                (new String(body, 0, at, ISO_8859_1)
                                + any(VALUES).repeat(random.nextInt(1, 200))
                                + new String(body, at, body.length - at, ISO_8859_1))
                        .getBytes(ISO_8859_1);
        };
    }
}
