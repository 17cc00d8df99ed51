package io.minimalcluster.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A measured quantity over another one. */
final class Curve {
    private final String name;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param columns the names of the columns, with units */
    Curve(String name, String... columns) {
        this.name = name;
        this.columns = List.of(columns);
    }

    /** Adds a point. Numbers get three significant digits or more. */
    void add(Object... point) {
        List<String> row = new ArrayList<>();
        for (Object value : point) {
            row.add(value instanceof Double number ? formatted(number) : String.valueOf(value));
        }
        rows.add(row);
    }

    private static String formatted(double number) {
        int digits = number == 0 ? 0 : Math.clamp(2 - (int) Math.floor(Math.log10(Math.abs(number))), 0, 6);
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    /** The curve as a Markdown table below its name. */
    @Override
    public String toString() {
        return name + "\n\n" + row(columns)
                + row(columns.stream().map(_ -> "-:").toList())
                + rows.stream().map(Curve::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
