package io.minimalcluster.master.openapi;

import io.minimalcluster.master.http.AdditionalQueryParameters;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** Documents the parameters that callers may send, and removes handler parameters that are not part of the request. */
final class QueryParameterDocumentation implements GlobalOperationCustomizer {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        Set<String> declared = declared(handler);
        List<Parameter> parameters = new ArrayList<>();
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(each -> switch (each.getIn()) {
                        case "query" -> declared.contains(each.getName());
                        case "header" -> !each.getName().equals(HttpHeaders.ACCEPT); // described by the content types
                        default -> true;
                    })
                    .forEach(parameters::add);
        }
        AdditionalQueryParameters additional = handler.getMethodAnnotation(AdditionalQueryParameters.class);
        if (additional != null) {
            Arrays.stream(additional.value())
                    .filter(name -> !name.endsWith("*"))
                    .map(QueryParameterDocumentation::parameter)
                    .forEach(parameters::add);
        }
        if (Arrays.stream(handler.getMethodParameters())
                        .anyMatch(each -> each.getParameterType() == IdempotentCall.class)
                && parameters.stream().noneMatch(each -> each.getName().equals(IDEMPOTENCY_KEY))) {
            parameters.add(idempotencyKey());
        }
        operation.setParameters(parameters);
        return operation;
    }

    private static Set<String> declared(HandlerMethod handler) {
        Set<String> names = new HashSet<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            MergedAnnotation<RequestParam> found =
                    MergedAnnotations.from(parameter.getParameterAnnotations()).get(RequestParam.class);
            if (found.isPresent() && parameter.getParameterType() != Map.class) {
                String name = found.getString("name");
                names.add(
                        name.isEmpty() ? String.valueOf(parameter.getParameter().getName()) : name);
            }
        }
        return names;
    }

    private static Parameter idempotencyKey() {
        return new Parameter()
                .name(IDEMPOTENCY_KEY)
                .in("header")
                .schema(new StringSchema())
                .description(
                        "A unique text. A repeated call with the same key creates nothing and returns what the first created.");
    }

    private static Parameter parameter(String name) {
        Parameter parameter = new Parameter().name(name).in("query").schema(new StringSchema());
        return switch (name) {
            case "limit" ->
                parameter
                        .description("Maximum number of items.")
                        .schema(new IntegerSchema())
                        .example(20);
            case "after" -> parameter.description("The field `next` of the previous page.");
            default -> parameter;
        };
    }
}
