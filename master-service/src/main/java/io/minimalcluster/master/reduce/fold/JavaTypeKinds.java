package io.minimalcluster.master.reduce.fold;

import io.minimalcluster.model.environment.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maps names of Java types to the kinds of their JSON form. */
public final class JavaTypeKinds {
    private static final Map<String, Shape.Kind> SCALARS = Map.ofEntries(
            Map.entry("double", Shape.Kind.FLOAT),
            Map.entry("float", Shape.Kind.FLOAT),
            Map.entry("Double", Shape.Kind.FLOAT),
            Map.entry("Float", Shape.Kind.FLOAT),
            Map.entry("java.math.BigDecimal", Shape.Kind.DECIMAL),
            Map.entry("boolean", Shape.Kind.BOOLEAN),
            Map.entry("Boolean", Shape.Kind.BOOLEAN),
            Map.entry("char", Shape.Kind.STRING),
            Map.entry("Character", Shape.Kind.STRING),
            Map.entry("String", Shape.Kind.STRING));
    private static final Set<String> WHOLE =
            Set.of("byte", "short", "int", "long", "Byte", "Short", "Integer", "Long", "java.math.BigInteger");

    private JavaTypeKinds() {}

    static boolean isWhole(String type) {
        return WHOLE.contains(type);
    }

    /** The kind of a type; empty if its name does not determine it. */
    public static Optional<Shape.Kind> of(String type) {
        if (isWhole(type)) {
            return Optional.of(Shape.Kind.INTEGER);
        }
        if (type.endsWith("[]")) {
            return Optional.of(Shape.Kind.ARRAY);
        }
        return Optional.ofNullable(SCALARS.get(type));
    }
}
