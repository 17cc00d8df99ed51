package io.minimalcluster.master.openapi;

import io.minimalcluster.master.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The description of an operation from {@code openapi/*.yaml}, which supplements its handler.
 *
 * @param parameters descriptions of parameters, by name
 * @param bodies example bodies, by content type
 * @param queries query strings that the example bodies need, by content type
 * @param answers descriptions of responses, by status
 * @param returns response bodies that no handler type defines, by status and content type: the name of a schema, or a
 *     keyword of {@link ResponseSchema}
 * @param problems problem types that this operation may return, in addition to the common ones
 */
record OperationDescription(
        String tag,
        String summary,
        @Nullable String description,
        Map<String, About> parameters,
        Map<String, Object> bodies,
        Map<String, String> queries,
        Map<String, String> answers,
        Map<String, Map<String, String>> returns,
        List<ProblemType> problems) {
    private static final Set<?> KEYS =
            Set.of("tag", "summary", "description", "parameters", "body", "query", "answers", "returns", "problems");

    /** Description and example of a parameter. */
    record About(@Nullable String description, @Nullable Object example) {}

    /** Parses an entry of a file. */
    static OperationDescription of(String call, Map<?, ?> entry) {
        for (Object key : entry.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(call + " is described by an unknown " + key);
            }
        }
        return new OperationDescription(
                text(entry.get("tag"), call),
                text(entry.get("summary"), call),
                entry.get("description") == null ? null : text(entry.get("description"), call),
                parameters(map(entry.get("parameters"))),
                bodies(map(entry.get("body"))),
                texts(map(entry.get("query"))),
                texts(map(entry.get("answers"))),
                returns(map(entry.get("returns"))),
                problems(call, entry.get("problems")));
    }

    private static Map<String, About> parameters(Map<?, ?> entries) {
        Map<String, About> parameters = new LinkedHashMap<>();
        entries.forEach((name, about) -> {
            Map<?, ?> words = map(about);
            Object description = words.get("description");
            parameters.put(
                    String.valueOf(name),
                    new About(description == null ? null : String.valueOf(description), words.get("example")));
        });
        return parameters;
    }

    private static Map<String, Object> bodies(Map<?, ?> entries) {
        Map<String, Object> bodies = new LinkedHashMap<>();
        entries.forEach((type, example) -> bodies.put(String.valueOf(type), example));
        return bodies;
    }

    private static Map<String, String> texts(Map<?, ?> entries) {
        Map<String, String> texts = new LinkedHashMap<>();
        entries.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
        return texts;
    }

    private static Map<String, Map<String, String>> returns(Map<?, ?> entries) {
        Map<String, Map<String, String>> returns = new LinkedHashMap<>();
        entries.forEach((status, bodies) -> returns.put(String.valueOf(status), texts(map(bodies))));
        return returns;
    }

    private static List<ProblemType> problems(String call, @Nullable Object slugs) {
        List<ProblemType> problems = new ArrayList<>();
        if (slugs instanceof List<?> list) {
            for (Object slug : list) {
                problems.add(ProblemType.ofSlug(String.valueOf(slug))
                        .orElseThrow(() -> new IllegalArgumentException(call + " names an unknown problem " + slug)));
            }
        }
        return problems;
    }

    private static String text(@Nullable Object value, String call) {
        if (value == null) {
            throw new IllegalArgumentException(call + " is described without a tag or a summary");
        }
        return value.toString().strip();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
