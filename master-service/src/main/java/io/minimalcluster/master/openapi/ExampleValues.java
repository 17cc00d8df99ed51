package io.minimalcluster.master.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills in the one id in the examples that is known before anything was sent: that of the environment which the example
 * of {@code POST /environments} makes, as it is a digest.
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
