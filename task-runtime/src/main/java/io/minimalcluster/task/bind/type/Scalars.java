package io.minimalcluster.task.bind.type;

import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.json.WholeNumber;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Exact conversions of JSON numbers and strings to scalars. A value that does not fit throws {@link ArgumentMismatch}.
 * Nothing is rounded, except the fraction of a {@code double} or {@code float}.
 */
public final class Scalars {
    private static final int LONG_DIGITS = 19;
    private static final int EXCERPT_LENGTH = 60;

    private Scalars() {}

    /** A number that is whole by value, within bounds. */
    public static long whole(String number, String type, long min, long max) {
        WholeNumber whole = WholeNumber.of(number, LONG_DIGITS);
        if (whole == null || whole.value().bitLength() >= Long.SIZE) {
            throw integerMismatch(excerpt(number), type, min, max);
        }
        long value = whole.value().longValueExact();
        if (value < min || value > max) {
            throw integerMismatch(excerpt(number), type, min, max);
        }
        return value;
    }

    public static long within(long value, String type, long min, long max) {
        if (value < min || value > max) {
            throw integerMismatch(Long.toString(value), type, min, max);
        }
        return value;
    }

    public static BigInteger bigInteger(String number) {
        WholeNumber whole = WholeNumber.of(number, JsonLimits.MAX_NUMBER_CHARS);
        if (whole == null) {
            throw new ArgumentMismatch("a BigInteger needs a whole number of at most " + JsonLimits.MAX_NUMBER_CHARS
                    + " digits, not " + excerpt(number));
        }
        return whole.value();
    }

    public static BigDecimal decimal(String number) {
        try {
            return new BigDecimal(number);
        } catch (NumberFormatException _) { // the exponent exceeds 32 bits
            throw new ArgumentMismatch("a BigDecimal can't hold " + excerpt(number));
        }
    }

    public static double finite(String number, String type) {
        double value = type.equals("float") ? Float.parseFloat(number) : Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            throw new ArgumentMismatch("a " + type + " can't hold " + excerpt(number));
        }
        return value;
    }

    /** A floating-point value that JSON numbers can't express, by its name. */
    public static double special(String name, String type) {
        return switch (name) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                throw new ArgumentMismatch("a " + type
                        + " needs a number, or one of the strings \"NaN\", \"Infinity\" and \"-Infinity\", not \""
                        + excerpt(name) + "\"");
        };
    }

    /**
     * The number as the smallest of {@code Long}, {@code BigInteger}, {@code Double}, {@code BigDecimal} that is exact.
     */
    static Number exact(String number, boolean isInteger) {
        if (isInteger) {
            if (number.length() < LONG_DIGITS) {
                return Long.parseLong(number);
            }
            BigInteger value = new BigInteger(number);
            return value.bitLength() < Long.SIZE ? (Number) value.longValueExact() : value;
        }
        double nearest = Double.parseDouble(number);
        BigDecimal value = decimal(number);
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(value) == 0
                ? (Number) nearest
                : value;
    }

    public static char oneChar(String text) {
        if (text.length() != 1) {
            throw new ArgumentMismatch("a char needs a string of one character, not \"" + excerpt(text) + "\"");
        }
        return text.charAt(0);
    }

    public static ArgumentMismatch integerMismatch(String found, String type, long min, long max) {
        if (found.equals("null")) {
            return nullFor(type);
        }
        String article = type.equals("int") ? "an " : "a ";
        return new ArgumentMismatch(
                article + type + " takes whole numbers from " + min + " to " + max + ", not " + found);
    }

    public static ArgumentMismatch nullFor(String primitive) {
        return new ArgumentMismatch("null does not fit the primitive type " + primitive);
    }

    private static String excerpt(String text) {
        return ArgumentMismatch.shorten(text, EXCERPT_LENGTH);
    }
}
