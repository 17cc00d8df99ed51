package io.minimalcluster.task.bind;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.minimalcluster.task.bind.error.ErrorMessages;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.ConstructorDetector;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Jackson mapper for types other than scalars, strings and primitive arrays. The configuration is strict: no
 * coercion of strings to numbers, no unknown properties, no types chosen by the data.
 */
final class StrictJson {
    /** The maximum nesting depth of arguments and results. */
    static final int DEPTH = 500;

    static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.USE_LONG_FOR_INTS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.WRITE_CHAR_ARRAYS_AS_JSON_ARRAYS, SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .constructorDetector(ConstructorDetector.USE_PROPERTIES_BASED)
            .changeDefaultVisibility(seen -> seen.withFieldVisibility(JsonAutoDetect.Visibility.NON_PRIVATE))
            .addModule(new StrictTypesModule())
            .addHandler(new ErrorMessages())
            .build();

    private StrictJson() {}

    private static JsonFactory factory() {
        StreamReadConstraints read = StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build();
        return JsonFactory.builder()
                .streamReadConstraints(read)
                .streamWriteConstraints(
                        StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build())
                .build();
    }

    /** The path of an error within a value, such as {@code path[1].y}; empty at the top level. */
    static String path(JacksonException e) {
        String path = e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }

    /** Rethrows a {@link VirtualMachineError} that Jackson wrapped, because it is not a mismatch. */
    static void rethrowErrors(JacksonException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError error) {
                throw error;
            }
        }
    }
}
