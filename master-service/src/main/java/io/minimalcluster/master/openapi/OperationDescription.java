package io.minimalcluster.master.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.minimalcluster.master.http.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of an operation from {@code openapi/*.yaml}, which supplements its handler.
 *
 * @param parameters descriptions of parameters, by name
 * @param bodies example bodies, by content type
 * @param queries query strings that the example bodies need, by content type
 * @param answers descriptions of responses, by status
 * @param returns response bodies that no handler type defines, by status and content type: the name of a schema, or a
 *     keyword of {@link OperationDocumentation}
 * @param problems problem types that this operation may return, in addition to the common ones
 */
record OperationDescription(
        @JsonProperty(required = true) String tag,
        @JsonProperty(required = true) String summary,
        @Nullable String description,
        Map<String, About> parameters,
        @JsonProperty("body") Map<String, Object> bodies,
        @JsonProperty("query") Map<String, String> queries,
        Map<String, String> answers,
        Map<String, Map<String, String>> returns,
        List<ProblemType> problems) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @SuppressWarnings("ConstantValue") // Jackson passes null for absent members
    OperationDescription {
        tag = tag.strip();
        summary = summary.strip();
        description = description == null ? null : description.strip();
        parameters = orEmpty(parameters);
        bodies = orEmpty(bodies);
        queries = orEmpty(queries);
        answers = orEmpty(answers);
        returns = orEmpty(returns);
        problems = problems == null ? List.of() : problems;
    }

    /** Description and example of a parameter. */
    record About(@Nullable String description, @Nullable Object example) {}

    /** The descriptions of all operations by call, such as {@code GET /api/v1/jobs}. There is a file per feature. */
    static Map<String, OperationDescription> all() throws IOException {
        Map<String, OperationDescription> all = new LinkedHashMap<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/openapi/*.yaml")) {
            try (InputStream in = file.getInputStream()) {
                Map<String, Map<?, ?>> calls = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
                calls.forEach((call, entry) -> all.put(call, of(call, entry)));
            }
        }
        return all;
    }

    /** Converts an entry of a file. */
    static OperationDescription of(String call, Map<?, ?> entry) {
        try {
            return JSON.convertValue(entry, OperationDescription.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the description of " + call + " is invalid: " + e.getMessage(), e);
        }
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
