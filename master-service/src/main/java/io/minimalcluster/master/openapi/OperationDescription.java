package io.minimalcluster.master.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.minimalcluster.master.http.problem.ProblemType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of an operation from {@code openapi/*.yaml}, which supplements its handler.
 *
 * @param id the name of the operation, which is unique
 * @param parameters descriptions of parameters, by name, in their order
 * @param accepts schemas of request bodies by content type: the name of a schema, or a whole one
 * @param bodies example bodies, by content type; the first is the one that generated clients use
 * @param queries query strings that the example bodies need, by content type
 * @param answers descriptions of responses, by status
 * @param returns response bodies that no handler type defines, by status and content type: the name of a schema, or a
 *     keyword of {@link OperationDocumentation}
 * @param problems problem types that this operation may return, in addition to the common ones
 * @param open true if the operation needs no key; null otherwise
 */
record OperationDescription(
        @JsonProperty(required = true) String id,
        @JsonProperty(required = true) String tag,
        @JsonProperty(required = true) String summary,
        @Nullable String description,
        Map<String, About> parameters,
        Map<String, Object> accepts,
        @JsonProperty("body") Map<String, Object> bodies,
        @JsonProperty("query") Map<String, String> queries,
        Map<String, String> answers,
        Map<String, Map<String, String>> returns,
        List<ProblemType> problems,
        @Nullable Boolean open) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @SuppressWarnings("ConstantValue") // Jackson passes null for absent members
    OperationDescription {
        tag = tag.strip();
        summary = summary.strip();
        description = description == null ? null : description.strip();
        parameters = orEmpty(parameters);
        accepts = orEmpty(accepts);
        bodies = orEmpty(bodies);
        queries = orEmpty(queries);
        answers = orEmpty(answers);
        returns = orEmpty(returns);
        problems = problems == null ? List.of() : problems;
    }

    /**
     * Description of a parameter, with the members of a parameter in OpenAPI.
     *
     * @param schema replaces the schema that the handler defines
     */
    record About(
            @Nullable String description,
            @Nullable Object example,
            @Nullable Map<String, Object> schema,
            @Nullable String style,
            @Nullable Boolean explode) {}

    /** The descriptions of all operations by call, such as {@code GET /api/v1/jobs}. There is a file per feature. */
    static Map<String, OperationDescription> all() throws IOException {
        Map<String, OperationDescription> all = new LinkedHashMap<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/openapi/*.yaml")) {
            DescriptionFile.read(file).forEach((call, entry) -> all.put(call, of(call, entry)));
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
