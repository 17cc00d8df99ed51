package io.minimalcluster.master.openapi;

import io.minimalcluster.master.http.problem.ProblemType;
import io.minimalcluster.model.EnvironmentId;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BinarySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    private final List<Tag> tags;
    private final ComponentSchemas schemas;

    /** @param environment the id of the example of {@code POST /environments}, which is a digest and so known */
    OperationDocumentation(Map<String, OperationDescription> descriptions, EnvironmentId environment)
            throws IOException {
        this.descriptions = descriptions;
        this.environment = environment;
        this.schemas = new ComponentSchemas();
        this.tags = DescriptionFile.read("openapi/components/tags.yaml").entrySet().stream()
                .map(tag -> new Tag()
                        .name(tag.getKey())
                        .description(String.valueOf(tag.getValue().get("description"))))
                .toList();
    }

    @Override
    public void customise(OpenAPI document) {
        ProblemResponses.addSchemaTo(document);
        schemas.addTo(document.getComponents());
        document.setTags(tags);
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    OperationDescription documentation = descriptions.get(method + " " + path);
                    if (documentation != null) {
                        describe(operation, documentation);
                    }
                }));
        document.setPaths(inOrder(document.getPaths()));
    }

    /** The paths in the order of the tags. */
    private Paths inOrder(Paths paths) {
        List<String> names = tags.stream().map(Tag::getName).toList();
        Paths ordered = new Paths();
        paths.entrySet().stream()
                .sorted(Comparator.comparingInt(
                                (Map.Entry<String, PathItem> path) -> path.getValue().readOperations().stream()
                                        .mapToInt(operation -> names.indexOf(
                                                operation.getTags().getFirst()))
                                        .min()
                                        .orElseThrow())
                        .thenComparing(Map.Entry::getKey))
                .forEach(path -> ordered.addPathItem(path.getKey(), path.getValue()));
        return ordered;
    }

    private void describe(Operation operation, OperationDescription documentation) {
        operation.setOperationId(documentation.id());
        operation.setTags(List.of(documentation.tag()));
        operation.setSummary(documentation.summary());
        operation.setDescription(documentation.description());
        if (documentation.open() != null) {
            operation.setSecurity(List.of());
        }
        operation.setParameters(parameters(operation.getParameters(), documentation.parameters()));
        if (!documentation.bodies().isEmpty()) {
            operation.setRequestBody(body(operation.getRequestBody(), documentation));
        }
        operation.setResponses(answers(operation.getResponses(), documentation));
    }

    /**
     * The described parameters in their order, then the others. A described one that no handler has is of the query.
     */
    private List<Parameter> parameters(
            @Nullable List<Parameter> generated, Map<String, OperationDescription.About> described) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        described
                .keySet()
                .forEach(name -> parameters.put(
                        name, new Parameter().name(name).in("query").schema(text())));
        if (generated != null) {
            generated.forEach(parameter -> parameters.put(parameter.getName(), parameter));
        }
        described.forEach((name, about) -> describe(Objects.requireNonNull(parameters.get(name)), about));
        return List.copyOf(parameters.values());
    }

    private void describe(Parameter parameter, OperationDescription.About about) {
        if (about.description() != null) {
            parameter.setDescription(about.description());
        }
        if (about.example() != null) {
            parameter.setExample(filled(about.example()));
        }
        if (about.schema() != null) {
            parameter.setSchema(ComponentSchemas.schema(about.schema()));
        }
        if (about.style() != null) {
            parameter.setStyle(Parameter.StyleEnum.valueOf(about.style().toUpperCase(Locale.ROOT)));
        }
        parameter.setExplode(about.explode());
    }

    private RequestBody body(@Nullable RequestBody generated, OperationDescription documentation) {
        Content content = new Content();
        documentation.bodies().forEach((type, example) -> {
            Object accepted = documentation.accepts().get(type);
            MediaType known = generated == null || generated.getContent() == null
                    ? null
                    : generated.getContent().get(type);
            Schema<?> schema = known == null || known.getSchema() == null || example instanceof String
                    ? text()
                    : known.getSchema();
            if (accepted != null) {
                schema = accepted instanceof String name ? schemaOf(name) : ComponentSchemas.schema(accepted);
            }
            MediaType body = new MediaType().schema(schema).example(filled(example));
            if (documentation.queries().containsKey(type)) {
                body.addExtension("x-example-query", documentation.queries().get(type));
            }
            content.addMediaType(type, body);
        });
        return new RequestBody().required(true).content(content);
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
        if (generated == null || status.equals("204") || status.equals("304")) {
            return null;
        }
        // springdoc assigns the return type of a handler to 200, whatever its status
        ApiResponse known = generated.getOrDefault(status, generated.get("200"));
        return known == null ? null : known.getContent();
    }

    /** Schema of a response that the handler writes itself, by a keyword or by the name of a schema. */
    private static Schema<?> schemaOf(String keyword) {
        return switch (keyword) {
            case "array" -> new ArraySchema().items(new JsonSchema());
            case "text" -> text();
            case "bytes" -> new BinarySchema();
            case "any" -> new JsonSchema();
            default -> new Schema<>().$ref("#/components/schemas/" + keyword);
        };
    }

    private static Schema<?> text() {
        return new StringSchema();
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
