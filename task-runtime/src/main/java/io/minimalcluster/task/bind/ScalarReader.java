package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads scalar types exactly. A value that does not fit throws {@link ArgumentMismatch}; no value is rounded, truncated
 * or converted.
 */
final class ScalarReader {
    /** Numbers with at most this many digits fit in a long. */
    private static final int SAFE_DIGITS = 18;

    private ScalarReader() {}

    static long toLong(JsonElement element) {
        return whole(element, "long", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    static int toInt(JsonElement element) {
        return (int) whole(element, "int", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static short toShort(JsonElement element) {
        return (short) whole(element, "short", Short.MIN_VALUE, Short.MAX_VALUE);
    }

    static byte toByte(JsonElement element) {
        return (byte) whole(element, "byte", Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    static long rangeToLong(long value) {
        return value;
    }

    static int rangeToInt(long value) {
        return (int) within(value, "int", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static short rangeToShort(long value) {
        return (short) within(value, "short", Short.MIN_VALUE, Short.MAX_VALUE);
    }

    static byte rangeToByte(long value) {
        return (byte) within(value, "byte", Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    static double rangeToDouble(long value) {
        return value;
    }

    static float rangeToFloat(long value) {
        return value;
    }

    static boolean toBoolean(JsonElement element) {
        return switch (element.first()) {
            case 't' -> true;
            case 'f' -> false;
            default -> throw mismatch("a boolean needs true or false", element);
        };
    }

    static char toChar(JsonElement element) {
        if (element.first() != '"') {
            throw mismatch("a char needs a string of one character", element);
        }
        return oneChar(JsonStringReader.read(element));
    }

    static char oneChar(String text) {
        if (text.length() != 1) {
            throw new ArgumentMismatch(
                    "a char needs a string of one character, not \"" + ArgumentMismatch.shorten(text, 60) + "\"");
        }
        return text.charAt(0);
    }

    static double toDouble(JsonElement element) {
        return floating(element, "double");
    }

    static float toFloat(JsonElement element) {
        return (float) floating(element, "float");
    }

    static BigInteger toBigInteger(JsonElement element) {
        if (!isWhole(element)) {
            throw mismatch("a BigInteger needs a whole number", element);
        }
        return new BigInteger(element.ascii());
    }

    static BigDecimal toBigDecimal(JsonElement element) {
        if (!isNumber(element)) {
            throw mismatch("a BigDecimal needs a number", element);
        }
        return decimal(element.ascii());
    }

    static BigDecimal decimal(String digits) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException _) { // the exponent exceeds 32 bits
            throw new ArgumentMismatch("a BigDecimal can't hold " + ArgumentMismatch.shorten(digits, 60));
        }
    }

    private static long whole(JsonElement element, String type, long min, long max) {
        byte[] bytes = element.bytes;
        int at = element.from;
        boolean negative = bytes[at] == '-';
        if (negative) {
            at++;
        }
        if (element.to - at > SAFE_DIGITS || element.to == at) {
            return wholeOfAnyLength(element, type, min, max);
        }
        long value = 0;
        for (; at < element.to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw integerMismatch(element.excerpt(), type, min, max);
            }
            value = value * 10 + digit;
        }
        return within(negative ? -value : value, type, min, max);
    }

    private static long wholeOfAnyLength(JsonElement element, String type, long min, long max) {
        if (!isWhole(element)) {
            throw integerMismatch(element.excerpt(), type, min, max);
        }
        return within(new BigInteger(element.ascii()), type, min, max);
    }

    static long within(BigInteger value, String type, long min, long max) {
        if (value.bitLength() >= Long.SIZE) {
            throw integerMismatch(ArgumentMismatch.shorten(value.toString(), 60), type, min, max);
        }
        return within(value.longValueExact(), type, min, max);
    }

    static long within(long value, String type, long min, long max) {
        if (value < min || value > max) {
            throw integerMismatch(Long.toString(value), type, min, max);
        }
        return value;
    }

    static ArgumentMismatch integerMismatch(String found, String type, long min, long max) {
        if (found.equals("null")) {
            return nullFor(type);
        }
        String article = type.equals("int") ? "an " : "a ";
        return new ArgumentMismatch(
                article + type + " takes whole numbers from " + min + " to " + max + ", not " + found);
    }

    static ArgumentMismatch nullFor(String primitive) {
        return new ArgumentMismatch("null does not fit the primitive type " + primitive);
    }

    private static double floating(JsonElement element, String type) {
        if (element.first() == '"') {
            return special(JsonStringReader.read(element), type);
        }
        if (element.isNull()) {
            throw nullFor(type);
        }
        if (!isNumber(element)) {
            throw mismatch("a " + type + " needs a number", element);
        }
        return finite(element.ascii(), type);
    }

    static double special(String name, String type) {
        return switch (name) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                throw new ArgumentMismatch("a " + type
                        + " needs a number, or one of the strings \"NaN\", \"Infinity\" and \"-Infinity\", not \""
                        + ArgumentMismatch.shorten(name, 60) + "\"");
        };
    }

    static double finite(String digits, String type) {
        double value = type.equals("float") ? Float.parseFloat(digits) : Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw new ArgumentMismatch("a " + type + " can't hold " + ArgumentMismatch.shorten(digits, 60));
        }
        return value;
    }

    private static boolean isNumber(JsonElement element) {
        return element.first() == '-' || (element.first() >= '0' && element.first() <= '9');
    }

    private static boolean isWhole(JsonElement element) {
        int at = element.first() == '-' ? element.from + 1 : element.from;
        if (at == element.to) {
            return false;
        }
        for (; at < element.to; at++) {
            if (element.bytes[at] < '0' || element.bytes[at] > '9') {
                return false;
            }
        }
        return true;
    }

    static ArgumentMismatch mismatch(String expectation, JsonElement element) {
        return new ArgumentMismatch(expectation + ", not " + element.excerpt());
    }
}
