package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.Problem;
import io.minimalcluster.model.environment.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Formats an error response of the master. */
public final class ProblemFormatter {
    private ProblemFormatter() {}

    public static String describe(Problem problem) {
        if (!problem.diagnostics().isEmpty()) {
            return diagnostics(problem.diagnostics());
        }
        String text = problem.detail() == null ? problem.title() : problem.detail();
        return "minimalcluster: " + text + extras(problem);
    }

    /** Formats diagnostics as javac prints them, with their count. */
    public static String diagnostics(List<Diagnostic> found) {
        return found.stream().map(ProblemFormatter::diagnostic).collect(Collectors.joining("\n")) + "\n" + count(found);
    }

    /** Formats a diagnostic: first line of the message, source line with a caret, rest of the message. */
    private static String diagnostic(Diagnostic found) {
        String place = found.line() > 0
                ? "%s:%d:%d: ".formatted(found.source(), found.line(), found.column())
                : found.source() + ": ";
        List<String> message = found.message().lines().toList();
        List<String> lines = new ArrayList<>();
        lines.add(place + found.severity() + ": " + message.stream().findFirst().orElse(""));
        if (!found.snippet().isEmpty()) {
            lines.add(found.snippet() + caret(found));
        }
        lines.addAll(message.stream().skip(1).toList());
        return String.join("\n", lines);
    }

    /** Formats the caret line. It keeps the tabs of the source line for alignment. */
    private static String caret(Diagnostic found) {
        int before = found.column() - 1;
        return before < 0 || before > found.snippet().length()
                ? ""
                : "\n" + found.snippet().substring(0, before).replaceAll("[^\t]", " ") + "^";
    }

    private static String count(List<Diagnostic> found) {
        return found.stream()
                .collect(Collectors.groupingBy(Diagnostic::severity, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey() + (entry.getValue() == 1 ? "" : "s"))
                .collect(Collectors.joining(", "));
    }

    /** The extension members that the detail text does not already contain. */
    private static String extras(Problem problem) {
        if (!problem.candidates().isEmpty()) {
            return "\nthere is: " + String.join(", ", problem.candidates());
        }
        String detail = String.valueOf(problem.detail());
        String more = problem.more().entrySet().stream()
                .filter(entry -> !detail.contains(text(entry.getValue())))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                .collect(Collectors.joining(", "));
        return more.isEmpty() ? "" : " (" + more + ")";
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
