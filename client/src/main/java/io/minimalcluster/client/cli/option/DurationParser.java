package io.minimalcluster.client.cli.option;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses a duration such as {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h} or {@code 7d} to seconds. A plain number
 * is in seconds.
 */
public final class DurationParser implements ITypeConverter<Double> {
    private static final Pattern FORMAT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d|)");
    private static final Map<String, String> SECONDS =
            Map.of("ms", "0.001", "", "1", "s", "1", "m", "60", "h", "3600", "d", "86400");

    @Override
    public Double convert(String text) {
        Matcher matcher = FORMAT.matcher(text);
        String unit = matcher.matches() ? SECONDS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new TypeConversionException("'" + text + "' is no time; one looks like 500ms, 30s, 2m, 1h or 7d");
        }
        return new BigDecimal(matcher.group(1)).multiply(new BigDecimal(unit)).doubleValue();
    }
}
