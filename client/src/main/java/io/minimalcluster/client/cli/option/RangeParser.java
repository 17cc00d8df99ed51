package io.minimalcluster.client.cli.option;

import io.minimalcluster.model.job.TaskRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a range {@code A..B}: from A (inclusive) to B (exclusive). */
final class RangeParser implements ITypeConverter<TaskRange> {
    private static final Pattern FORMAT = Pattern.compile("(-?[0-9][0-9_]*)\\.\\.(-?[0-9][0-9_]*)");

    @Override
    public TaskRange convert(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no range; one looks like 0..1000");
        }
        TaskRange range = new TaskRange(number(matcher.group(1)), number(matcher.group(2)), null);
        if (range.to() < range.from()) {
            throw new TypeConversionException("'" + text + "' goes down; a range A..B has B at or above A");
        }
        return range;
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + digits + "' is too large a number for a range");
        }
    }
}
