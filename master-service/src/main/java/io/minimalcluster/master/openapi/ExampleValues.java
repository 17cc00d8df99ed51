package io.minimalcluster.master.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces the placeholder of the environment id in examples. The id is a digest, so that of the example of {@code POST
 * /environments} is known in advance.
 */
final class ExampleValues {
    private static final String ENVIRONMENT = "{environment}";

    private final String environment;

    ExampleValues(String environment) {
        this.environment = environment;
    }

    Object fill(Object example) {
        return switch (example) {
            case String text -> text.replace(ENVIRONMENT, environment);
            case List<?> list -> list.stream().map(this::fill).toList();
            case Map<?, ?> map -> {
                Map<String, Object> filled = new LinkedHashMap<>();
                map.forEach((name, value) -> filled.put(String.valueOf(name), value == null ? "" : fill(value)));
                yield filled;
            }
            default -> example;
        };
    }
}
