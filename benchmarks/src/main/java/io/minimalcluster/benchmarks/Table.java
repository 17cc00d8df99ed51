package io.minimalcluster.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures as a table that is Markdown as well. */
final class Table {
    private Table() {}

    static String of(List<Figure> figures) {
        int width = figures.stream().mapToInt(f -> f.name().length()).max().orElse(0);
        String head = ("| %-" + width + "s | %11s | %11s | %9s | %9s | %s |%n")
                .formatted("", "median", "best", "bar", "aim", "within");
        String rule = "|" + "-".repeat(width + 2) + "|" + "-:|".repeat(4) + "-|\n";
        return head + rule + figures.stream().map(f -> row(f, width)).collect(Collectors.joining());
    }

    private static String row(Figure figure, int width) {
        boolean isJudged = !Double.isNaN(figure.bar());
        return ("| %-" + width + "s | %11s | %11s | %9s | %9s | %s |%n")
                .formatted(
                        figure.name(),
                        amount(figure.median(), figure.unit()),
                        amount(figure.best(), figure.unit()),
                        isJudged ? amount(figure.bar(), figure.unit()) : "",
                        isJudged ? amount(figure.aim(), figure.unit()) : "",
                        isJudged ? figure.isWithinBar() ? "yes" : "no" : "");
    }

    private static String amount(double value, String unit) {
        String digits = unit.equals("s") ? "%.3f" : unit.equals("ms") ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, digits, value) + " " + unit;
    }
}
