package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.type.Scalars;
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
        return (int) Scalars.within(value, "int", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static short rangeToShort(long value) {
        return (short) Scalars.within(value, "short", Short.MIN_VALUE, Short.MAX_VALUE);
    }

    static byte rangeToByte(long value) {
        return (byte) Scalars.within(value, "byte", Byte.MIN_VALUE, Byte.MAX_VALUE);
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
        return Scalars.oneChar(JsonStringReader.read(element));
    }

    static double toDouble(JsonElement element) {
        return floating(element, "double");
    }

    static float toFloat(JsonElement element) {
        return (float) floating(element, "float");
    }

    static BigInteger toBigInteger(JsonElement element) {
        if (!isNumber(element)) {
            throw mismatch("a BigInteger needs a whole number", element);
        }
        return Scalars.bigInteger(element.ascii());
    }

    static BigDecimal toBigDecimal(JsonElement element) {
        if (!isNumber(element)) {
            throw mismatch("a BigDecimal needs a number", element);
        }
        return Scalars.decimal(element.ascii());
    }

    private static long whole(JsonElement element, String type, long min, long max) {
        byte[] bytes = element.bytes;
        int at = element.from;
        boolean negative = bytes[at] == '-';
        if (negative) {
            at++;
        }
        if (element.to - at > SAFE_DIGITS || element.to == at) {
            return wholeByValue(element, type, min, max);
        }
        long value = 0;
        for (; at < element.to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return wholeByValue(element, type, min, max);
            }
            value = value * 10 + digit;
        }
        return Scalars.within(negative ? -value : value, type, min, max);
    }

    /** Reads a number of any length or notation. */
    private static long wholeByValue(JsonElement element, String type, long min, long max) {
        if (!isNumber(element)) {
            throw Scalars.integerMismatch(element.excerpt(), type, min, max);
        }
        return Scalars.whole(element.ascii(), type, min, max);
    }

    private static double floating(JsonElement element, String type) {
        if (element.first() == '"') {
            return Scalars.special(JsonStringReader.read(element), type);
        }
        if (element.isNull()) {
            throw Scalars.nullFor(type);
        }
        if (!isNumber(element)) {
            throw mismatch("a " + type + " needs a number", element);
        }
        return Scalars.finite(element.ascii(), type);
    }

    private static boolean isNumber(JsonElement element) {
        return element.first() == '-' || (element.first() >= '0' && element.first() <= '9');
    }

    static ArgumentMismatch mismatch(String expectation, JsonElement element) {
        return new ArgumentMismatch(expectation + ", not " + element.excerpt());
    }
}
