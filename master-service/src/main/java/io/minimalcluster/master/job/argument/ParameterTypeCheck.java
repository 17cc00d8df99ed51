package io.minimalcluster.master.job.argument;

import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.json.JsonKind;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.WholeNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks whether a JSON value fits the type of a parameter. */
final class ParameterTypeCheck {
    /** The digits of an integer that every {@code long} can hold. */
    static final int LONG_DIGITS = 18;

    private static final int MAX_SHOWN = 60;

    /** The length of a character as {@code \\u0061}. */
    private static final int ESCAPED_CHAR = 6;

    private static final Set<String> NOT_FINITE = Set.of("\"NaN\"", "\"Infinity\"", "\"-Infinity\"");

    private final Parameter parameter;
    private final int maxLength;
    private final long min;
    private final long max;
    private final @Nullable Set<String> members;
    private final int maxNameLength;

    ParameterTypeCheck(Parameter parameter) {
        this.parameter = parameter;
        List<String> names = parameter.shape().members();
        this.members = names == null ? null : Set.copyOf(names);
        this.maxNameLength = names == null
                ? 0
                : ESCAPED_CHAR * names.stream().mapToInt(String::length).max().orElse(0);
        BigInteger least = parameter.shape().min();
        BigInteger greatest = parameter.shape().max();
        if (least == null || greatest == null) {
            this.maxLength = Integer.MAX_VALUE;
            this.min = Long.MIN_VALUE;
            this.max = Long.MAX_VALUE;
        } else {
            this.maxLength =
                    Math.max(least.toString().length(), greatest.toString().length());
            this.min = clamped(least);
            this.max = clamped(greatest);
        }
    }

    private static long clamped(BigInteger bound) {
        return bound.bitLength() < Long.SIZE ? bound.longValue() : bound.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** The number of digits of integers that fit whatever their value, at most {@link #LONG_DIGITS}. */
    int safeDigits() {
        return switch (parameter.shape().kind()) {
            case INTEGER -> safeDigits(min, max);
            case DECIMAL, FLOAT, ANY -> LONG_DIGITS;
            case STRING, BOOLEAN, ARRAY, OBJECT, NONE -> 0;
        };
    }

    private static int safeDigits(long min, long max) {
        int digits = 0;
        for (long greatest = 9; digits < LONG_DIGITS && greatest <= max && -greatest >= min; digits++) {
            greatest = greatest * 10 + 9;
        }
        return digits;
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
            case OBJECT -> kind == JsonKind.OBJECT && unknownMember(bytes, start, end) == null;
            case ANY -> true;
            case NONE -> false;
        };
    }

    /**
     * The first member of an object that the parameter does not have, shortened. Null for none, and for other kinds.
     */
    private @Nullable String unknownMember(byte[] bytes, int start, int end) {
        if (members == null || bytes[start] != '{') {
            return null;
        }
        try {
            JsonScanner object = JsonScanner.of(bytes, start, end);
            object.enterObject();
            for (String name = object.nextField(); name != null; name = object.nextField()) {
                // A longer name is no member however it is escaped.
                String unescaped = name.length() > maxNameLength ? name : JsonNames.unescaped(name);
                if (!members.contains(unescaped)) {
                    return unescaped.length() > MAX_SHOWN ? unescaped.substring(0, MAX_SHOWN) + "…" : unescaped;
                }
                object.value();
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // unreachable: the input is in memory
        }
    }

    /** Names the unknown member of a value that does not fit; empty if that is not the reason. */
    String reason(byte[] bytes, int start, int end) {
        String unknown = unknownMember(bytes, start, end);
        return unknown == null ? "" : ", without \"" + unknown + "\"";
    }

    private static boolean isNumber(JsonKind kind) {
        return kind == JsonKind.INTEGER || kind == JsonKind.DECIMAL;
    }

    private static boolean isNotFinite(byte[] bytes, int start, int end) {
        return end - start <= 11 && NOT_FINITE.contains(text(bytes, start, end));
    }

    private boolean isWholeWithinBounds(JsonKind kind, byte[] bytes, int start, int end) {
        BigInteger least = parameter.shape().min();
        BigInteger greatest = parameter.shape().max();
        if (kind == JsonKind.DECIMAL) {
            int maxDigits = least == null || greatest == null ? JsonLimits.MAX_NUMBER_CHARS : LONG_DIGITS + 1;
            WholeNumber whole = WholeNumber.of(text(bytes, start, end), maxDigits);
            return whole != null && (least == null || greatest == null || isWithin(whole.value(), least, greatest));
        }
        if (least == null || greatest == null) {
            return true;
        }
        if (end - start > maxLength) {
            return false; // JSON has no leading zeros; avoids parsing of very long numbers
        }
        if (end - start <= LONG_DIGITS) {
            long value = value(bytes, start, end);
            return value >= min && value <= max;
        }
        return isWithin(new BigInteger(text(bytes, start, end)), least, greatest);
    }

    /** The value of an integer of at most {@link #LONG_DIGITS} characters. */
    private static long value(byte[] bytes, int start, int end) {
        boolean isNegative = bytes[start] == '-';
        long value = 0;
        for (int i = isNegative ? start + 1 : start; i < end; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return isNegative ? -value : value;
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
            case OBJECT -> object(shape.members());
            case ANY -> "any value";
            case NONE -> "no value fits";
        };
        return parameter.type() + ": " + words + (shape.nullable() ? ", or null" : "");
    }

    private static String object(@Nullable List<String> members) {
        if (members == null) {
            return "an object";
        }
        return members.isEmpty() ? "an object without members" : "an object with " + String.join(", ", members);
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
