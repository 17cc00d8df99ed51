package io.minimalcluster.master.openapi;

import io.minimalcluster.master.http.problem.ProblemType;
import io.minimalcluster.model.EnvironmentId;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BinarySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Adds the {@link OperationDescription}s to the generated OpenAPI document: purpose, examples, responses and problems.
 */
final class OperationDocumentation implements GlobalOpenApiCustomizer {
    /** Problem types that every operation may return. */
    private static final List<ProblemType> ALWAYS =
            List.of(ProblemType.UNAUTHENTICATED, ProblemType.FORBIDDEN, ProblemType.UNAVAILABLE);

    /** Placeholder of an environment id in examples. */
    private static final String ENVIRONMENT = "{environment}";

    private final Map<String, OperationDescription> descriptions;
    private final EnvironmentId environment;

    /** @param environment the id of the example of {@code POST /environments}, which is a digest and so known */
    OperationDocumentation(Map<String, OperationDescription> descriptions, EnvironmentId environment) {
        this.descriptions = descriptions;
        this.environment = environment;
    }

    @Override
    public void customise(OpenAPI document) {
        ProblemResponses.addSchemaTo(document);
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    OperationDescription documentation = descriptions.get(method + " " + path);
                    if (documentation != null) {
                        describe(operation, documentation);
                    }
                }));
    }

    private void describe(Operation operation, OperationDescription documentation) {
        operation.setTags(List.of(documentation.tag()));
        operation.setSummary(documentation.summary());
        operation.setDescription(documentation.description());
        documentation.parameters().forEach((name, about) -> describe(operation, name, about));
        if (!documentation.bodies().isEmpty()) {
            operation.setRequestBody(body(operation.getRequestBody(), documentation));
        }
        operation.setResponses(answers(operation.getResponses(), documentation));
    }

    private void describe(Operation operation, String name, OperationDescription.About about) {
        Parameter parameter = parameter(operation, name);
        if (about.description() != null) {
            parameter.setDescription(about.description());
        }
        if (about.example() != null) {
            parameter.setExample(filled(about.example()));
        }
    }

    /**
     * The parameter of an operation. A parameter that the handler does not declare is added as a query string
     * parameter.
     */
    private static Parameter parameter(Operation operation, String name) {
        if (operation.getParameters() == null) {
            operation.setParameters(new ArrayList<>());
        }
        return operation.getParameters().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    Parameter added = new Parameter().name(name).in("query").schema(new StringSchema());
                    operation.addParametersItem(added);
                    return added;
                });
    }

    private RequestBody body(@Nullable RequestBody generated, OperationDescription documentation) {
        Content content = new Content();
        documentation.bodies().forEach((type, example) -> {
            MediaType known = generated == null || generated.getContent() == null
                    ? null
                    : generated.getContent().get(type);
            Schema<?> schema = known == null || known.getSchema() == null ? schema(example) : known.getSchema();
            MediaType body = new MediaType().schema(schema).example(filled(example));
            if (documentation.queries().containsKey(type)) {
                body.addExtension("x-example-query", documentation.queries().get(type));
            }
            content.addMediaType(type, body);
        });
        return new RequestBody().required(true).content(content);
    }

    /** Schema of a body that the handler parses itself: a string, or an object with the fields of the example. */
    private static Schema<?> schema(Object example) {
        if (!(example instanceof Map<?, ?> fields)) {
            return new StringSchema();
        }
        ObjectSchema object = new ObjectSchema();
        fields.keySet().forEach(name -> object.addProperty(String.valueOf(name), new Schema<>()));
        return object;
    }

    private static ApiResponses answers(@Nullable ApiResponses generated, OperationDescription documentation) {
        ApiResponses answers = new ApiResponses();
        documentation
                .answers()
                .forEach((status, meaning) -> answers.addApiResponse(
                        status,
                        new ApiResponse().description(meaning).content(content(documentation, status, generated))));
        Map<String, List<ProblemType>> problems = new TreeMap<>();
        for (List<ProblemType> each : List.of(ALWAYS, documentation.problems())) {
            each.forEach(type -> {
                List<ProblemType> ofStatus =
                        problems.computeIfAbsent(Integer.toString(type.status()), _ -> new ArrayList<>());
                if (!ofStatus.contains(type)) {
                    ofStatus.add(type);
                }
            });
        }
        problems.forEach((status, types) -> answers.addApiResponse(status, ProblemResponses.of(types)));
        return answers;
    }

    /** The content of a response; null without a body. */
    private static @Nullable Content content(
            OperationDescription documentation, String status, @Nullable ApiResponses generated) {
        Map<String, String> described = documentation.returns().get(status);
        if (described != null) {
            Content content = new Content();
            described.forEach((type, keyword) -> content.addMediaType(type, new MediaType().schema(schemaOf(keyword))));
            return content;
        }
        if (generated == null || status.equals("204")) {
            return null;
        }
        // springdoc assigns the return type of a handler to 200, whatever its status
        ApiResponse known = generated.getOrDefault(status, generated.get("200"));
        return known == null ? null : known.getContent();
    }

    /** Schema of a response that the handler writes itself, by a keyword or by the name of a schema. */
    private static Schema<?> schemaOf(String keyword) {
        return switch (keyword) {
            case "array" -> new ArraySchema().items(new Schema<>());
            case "object" -> new ObjectSchema();
            case "text" -> new StringSchema();
            case "bytes" -> new BinarySchema();
            case "any" -> new Schema<>();
            default -> new Schema<>().$ref("#/components/schemas/" + keyword);
        };
    }

    /** A copy of an example with the environment id in place of its placeholder. */
    private Object filled(Object example) {
        return switch (example) {
            case String text -> text.replace(ENVIRONMENT, environment.value());
            case List<?> list -> list.stream().map(this::filled).toList();
            case Map<?, ?> map -> {
                Map<String, Object> filled = new LinkedHashMap<>();
                map.forEach((name, value) -> filled.put(String.valueOf(name), value == null ? "" : filled(value)));
                yield filled;
            }
            default -> example;
        };
    }
}
