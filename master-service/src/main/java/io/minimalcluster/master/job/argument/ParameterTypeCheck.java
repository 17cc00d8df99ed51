package io.minimalcluster.master.job.argument;

import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.json.JsonKind;
import io.minimalcluster.task.json.WholeNumber;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Checks whether a JSON value fits the type of a parameter. */
final class ParameterTypeCheck {
    private static final int LONG_DIGITS = 18;
    private static final Set<String> NOT_FINITE = Set.of("\"NaN\"", "\"Infinity\"", "\"-Infinity\"");

    private final Parameter parameter;

    ParameterTypeCheck(Parameter parameter) {
        this.parameter = parameter;
    }

    boolean fits(JsonKind kind, byte[] bytes, int start, int end) {
        Shape shape = parameter.shape();
        if (kind == JsonKind.NULL) {
            return shape.nullable() || shape.kind() == Shape.Kind.ANY;
        }
        return switch (shape.kind()) {
            case INTEGER -> isNumber(kind) && isWholeWithinBounds(kind, bytes, start, end);
            case DECIMAL -> isNumber(kind);
            case FLOAT -> isNumber(kind) || (kind == JsonKind.STRING && isNotFinite(bytes, start, end));
            case STRING -> kind == JsonKind.STRING;
            case BOOLEAN -> kind == JsonKind.BOOLEAN;
            case ARRAY -> kind == JsonKind.ARRAY;
            case OBJECT -> kind == JsonKind.OBJECT;
            case ANY -> true;
            case NONE -> false;
        };
    }

    private static boolean isNumber(JsonKind kind) {
        return kind == JsonKind.INTEGER || kind == JsonKind.DECIMAL;
    }

    private static boolean isNotFinite(byte[] bytes, int start, int end) {
        return end - start <= 11 && NOT_FINITE.contains(text(bytes, start, end));
    }

    private boolean isWholeWithinBounds(JsonKind kind, byte[] bytes, int start, int end) {
        BigInteger min = parameter.shape().min();
        BigInteger max = parameter.shape().max();
        if (kind == JsonKind.DECIMAL) {
            int maxDigits = min == null || max == null ? JsonLimits.MAX_NUMBER_CHARS : LONG_DIGITS + 1;
            WholeNumber whole = WholeNumber.of(text(bytes, start, end), maxDigits);
            return whole != null && (min == null || max == null || isWithin(whole.value(), min, max));
        }
        if (min == null || max == null) {
            return true;
        }
        if (end - start > Math.max(min.toString().length(), max.toString().length())) {
            return false; // JSON has no leading zeros; avoids parsing of very long numbers
        }
        boolean anyLongFits = min.bitLength() >= Long.SIZE - 1;
        return (end - start <= LONG_DIGITS && anyLongFits)
                || isWithin(new BigInteger(text(bytes, start, end)), min, max);
    }

    private static boolean isWithin(BigInteger value, BigInteger min, BigInteger max) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }

    /** Describes the expected value. */
    String expected() {
        Shape shape = parameter.shape();
        String words = switch (shape.kind()) {
            case INTEGER -> integer(shape);
            case DECIMAL -> "a number";
            case FLOAT -> "a number, or \"NaN\", \"Infinity\" or \"-Infinity\"";
            case STRING -> "a string";
            case BOOLEAN -> "true or false";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case ANY -> "any value";
            case NONE -> "no value fits";
        };
        return parameter.type() + ": " + words + (shape.nullable() ? ", or null" : "");
    }

    private static String integer(Shape shape) {
        return shape.min() == null || shape.max() == null
                ? "a whole number"
                : "a whole number from " + shape.min() + " to " + shape.max();
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
    }
}
