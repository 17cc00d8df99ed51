package io.minimalcluster.master.job.argument;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number that is whole by its value, such as {@code 1.0} or {@code 1e5}.
 *
 * @param digits the digits up to the last that is not 0
 * @param zeros the number of zeros that follow
 */
record WholeNumber(boolean isNegative, String digits, int zeros) {
    private static final int EXPONENT_DIGITS = 9;

    /**
     * Reads a JSON number. Zeros that the exponent adds are only counted, so that a short text does not become a long
     * number.
     *
     * @param maxDigits the maximum number of digits of the value
     * @return null if the number has a fraction or more digits
     */
    static @Nullable WholeNumber of(String json, int maxDigits) {
        int mark = Math.max(json.indexOf('e'), json.indexOf('E'));
        String mantissa = mark < 0 ? json : json.substring(0, mark);
        int point = mantissa.indexOf('.');
        String digits = mantissa.replace("-", "").replace(".", "");
        int first = firstNonZero(digits);
        if (first == digits.length()) {
            return new WholeNumber(false, "0", 0);
        }
        int last = lastNonZero(digits);
        long exponent = (mark < 0 ? 0 : exponent(json.substring(mark + 1)))
                - (point < 0 ? 0 : mantissa.length() - point - 1)
                + (digits.length() - 1 - last);
        if (exponent < 0 || last + 1 - first + exponent > maxDigits) {
            return null;
        }
        return new WholeNumber(json.startsWith("-"), digits.substring(first, last + 1), (int) exponent);
    }

    BigInteger value() {
        BigInteger value = new BigInteger(digits).multiply(BigInteger.TEN.pow(zeros));
        return isNegative ? value.negate() : value;
    }

    /** The exponent. An exponent that is too long for any number is reduced to one that is still too long. */
    private static long exponent(String text) {
        boolean isNegative = text.startsWith("-");
        String digits = text.substring(isNegative || text.startsWith("+") ? 1 : 0);
        String significant = digits.substring(firstNonZero(digits));
        String bounded = significant.length() > EXPONENT_DIGITS ? "9".repeat(EXPONENT_DIGITS) : "0" + significant;
        long value = Long.parseLong(bounded);
        return isNegative ? -value : value;
    }

    private static int firstNonZero(String digits) {
        int at = 0;
        while (at < digits.length() && digits.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    private static int lastNonZero(String digits) {
        int at = digits.length() - 1;
        while (digits.charAt(at) == '0') {
            at--;
        }
        return at;
    }
}
