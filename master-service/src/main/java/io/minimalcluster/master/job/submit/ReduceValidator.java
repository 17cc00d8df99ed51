package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.reduce.fold.BuiltInReduction;
import io.minimalcluster.master.reduce.fold.JavaTypeKinds;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Validates the reduction of a job against the return type of its target function. */
final class ReduceValidator {
    private static final Set<Shape.Kind> NUMBERS = Set.of(Shape.Kind.INTEGER, Shape.Kind.FLOAT, Shape.Kind.DECIMAL);

    /** Types whose values may or may not be numbers. */
    private static final Set<String> ANY_TYPES = Set.of("Object", "Number");

    /** The kinds of parameters that accept a value, by the kind of the value. */
    private static final Map<Shape.Kind, Set<Shape.Kind>> TAKEN_BY = Map.of(
            Shape.Kind.INTEGER, NUMBERS,
            Shape.Kind.FLOAT, Set.of(Shape.Kind.FLOAT, Shape.Kind.DECIMAL),
            Shape.Kind.DECIMAL, Set.of(Shape.Kind.FLOAT, Shape.Kind.DECIMAL));

    private ReduceValidator() {}

    /** Checks a built-in. Returns its name. */
    static String check(BuiltInReduction builtIn, TargetFunction mapped) {
        if (builtIn != BuiltInReduction.COUNT && !mayBeNumber(mapped.returns())) {
            throw problem(
                    "numbers",
                    builtIn.text() + " folds numbers, and " + mapped.signature() + " returns " + mapped.returns()
                            + ".");
        }
        return builtIn.text();
    }

    /** The JSON form of a type without a kind is unknown. Only types of user code are known not to be numbers. */
    private static boolean mayBeNumber(String type) {
        return JavaTypeKinds.of(type)
                .map(NUMBERS::contains)
                .orElse(type.startsWith("java.") || ANY_TYPES.contains(type));
    }

    /** Checks a method. Returns its signature. */
    static String check(TargetFunction reducing, TargetFunction mapped) {
        if (reducing.parameters().size() != 2) {
            throw problem("a method of two parameters", reducing.signature() + " does not take two results.");
        }
        Parameter first = reducing.parameters().getFirst();
        Parameter second = reducing.parameters().getLast();
        String type = boxed(first.type());
        if (!type.equals(boxed(second.type())) || !type.equals(boxed(reducing.returns()))) {
            throw problem(
                    "a method with two parameters of its result type",
                    reducing.signature() + " has a result type that differs from its parameter type.");
        }
        if (mapped.returns().equals("void") || !takes(first.shape().kind(), mapped.returns())) {
            throw problem(
                    "a method of two " + mapped.returns(),
                    reducing.signature() + " does not take what " + mapped.signature() + " returns.");
        }
        return reducing.signature();
    }

    private static boolean takes(Shape.Kind taken, String type) {
        Optional<Shape.Kind> kind = JavaTypeKinds.of(type);
        return taken == Shape.Kind.ANY
                || kind.isEmpty()
                || TAKEN_BY.getOrDefault(kind.get(), Set.of(kind.get())).contains(taken);
    }

    private static String boxed(String type) {
        return switch (type) {
            case "int" -> "Integer";
            case "char" -> "Character";
            case "long", "short", "byte", "double", "float", "boolean" ->
                Character.toUpperCase(type.charAt(0)) + type.substring(1);
            default -> type;
        };
    }

    private static InvalidOption problem(String allowed, String detail) {
        return new InvalidOption("reduce", allowed, detail);
    }
}
