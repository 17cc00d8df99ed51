package io.minimalcluster.master.openapi;

import io.minimalcluster.master.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the document says of a call beside what its handler says.
 *
 * @param parameters by name
 * @param bodies an example of each, by type
 * @param queries what the query has to say beside such a body, by type
 * @param answers what they mean, by status
 * @param returns what is in them where no handler's type says so: by status and by type of the body the name of a
 *     schema, or a word of {@link ResponseSchema}
 * @param problems the errors of its own
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

    /** A parameter. */
    record About(@Nullable String description, @Nullable Object example) {}

    /** As a file has it. */
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
