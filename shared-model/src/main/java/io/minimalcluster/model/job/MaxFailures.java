package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The number of tasks of a job that may fail: a count, or a percentage such as {@code "10%"}.
 *
 * @param number the count or percentage
 * @param isPercent whether {@code number} is a percentage
 */
public record MaxFailures(double number, boolean isPercent) {
    private static final double ALL = 100;

    public MaxFailures {
        boolean isWhole = number == Math.rint(number);
        if (!(number >= 0) || (isPercent ? number > ALL : !isWhole || number > Long.MAX_VALUE)) {
            throw new IllegalArgumentException("maxFailures is a whole number, or a share such as \"10%\"");
        }
    }

    /**
     * Reads a number, or text such as {@code "10%"}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    @JsonCreator
    public static MaxFailures of(Object json) {
        if (json instanceof Number number) {
            return new MaxFailures(number.doubleValue(), false);
        }
        String text = json.toString().strip();
        boolean isPercent = text.endsWith("%");
        try {
            return new MaxFailures(
                    Double.parseDouble(isPercent ? text.substring(0, text.length() - 1) : text), isPercent);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("maxFailures is a whole number, or a share such as \"10%\"", e);
        }
    }

    /** The number of tasks that may fail of {@code total} tasks. */
    public long of(long total) {
        return isPercent ? (long) Math.floor(total * number / ALL) : (long) number;
    }

    /** The JSON form. */
    @JsonValue
    public Object json() {
        if (!isPercent) {
            return (long) number;
        }
        return (number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number)) + "%";
    }
}
