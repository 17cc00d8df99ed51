package io.minimalcluster.task.bind.type;

import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.bind.error.ErrorMessages;
import java.util.List;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The Jackson mapper for types other than scalars, strings and primitive arrays. The configuration is strict: no
 * coercion of strings to numbers, no unknown or repeated members, no types chosen by the data.
 */
public final class StrictJson {
    private static final List<CoercionInputShape> COERCED = List.of(
            CoercionInputShape.EmptyString,
            CoercionInputShape.EmptyArray,
            CoercionInputShape.Integer,
            CoercionInputShape.Float,
            CoercionInputShape.Boolean);

    public static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.OtherScalar, StrictJson::withoutCoercion)
            .withCoercionConfig(LogicalType.DateTime, StrictJson::withoutCoercion)
            .withCoercionConfigDefaults(StrictJson::withoutCoercion)
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.WRITE_CHAR_ARRAYS_AS_JSON_ARRAYS, SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addModule(new StrictTypesModule())
            .addHandler(new ErrorMessages())
            .build();

    private StrictJson() {}

    private static void withoutCoercion(MutableCoercionConfig coercion) {
        COERCED.forEach(shape -> coercion.setCoercion(shape, CoercionAction.Fail));
    }

    private static JsonFactory factory() {
        StreamReadConstraints read = StreamReadConstraints.builder()
                .maxNestingDepth(JsonLimits.MAX_DEPTH)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build();
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(read)
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(JsonLimits.MAX_DEPTH)
                        .build())
                .build();
    }
}
