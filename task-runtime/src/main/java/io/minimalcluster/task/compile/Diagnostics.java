package io.minimalcluster.task.compile;

import io.minimalcluster.model.environment.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileObject;

/** Collects the diagnostics of javac, at most 100 of each kind, with positions in the posted sources. */
final class Diagnostics implements DiagnosticListener<JavaFileObject> {
    private static final int MAX_COUNT = 100;
    private static final int MESSAGE = 2000;
    private static final int SNIPPET = 200;
    private static final int SNIPPET_LEAD = 80;

    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final List<Diagnostic> hints = new ArrayList<>();

    @Override
    public void report(javax.tools.Diagnostic<? extends JavaFileObject> found) {
        switch (found.getKind()) {
            case ERROR -> add(errors, found, "error");
            case WARNING, MANDATORY_WARNING -> add(warnings, found, "warning");
            case NOTE, OTHER -> {}
        }
    }

    /** Adds an error for a crash of javac. */
    void compilerCrashed(String message) {
        errors.add(new Diagnostic("", 0, 0, "error", "compiler.broke", message, ""));
    }

    /** Adds hints, which precede the diagnostics of javac. */
    void hint(List<Diagnostic> found) {
        hints.addAll(found.subList(0, Math.min(found.size(), MAX_COUNT)));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<Diagnostic> warnings() {
        return all(warnings);
    }

    /** The hints and errors, followed by warnings up to the limit. */
    List<Diagnostic> all() {
        List<Diagnostic> all = new ArrayList<>(errors);
        all.addAll(warnings.subList(0, Math.min(warnings.size(), MAX_COUNT - errors.size())));
        return all(all);
    }

    private List<Diagnostic> all(List<Diagnostic> found) {
        List<Diagnostic> all = new ArrayList<>(hints);
        all.addAll(found);
        return List.copyOf(all);
    }

    private static void add(
            List<Diagnostic> list, javax.tools.Diagnostic<? extends JavaFileObject> found, String severity) {
        if (list.size() < MAX_COUNT) {
            list.add(diagnostic(found, severity));
        }
    }

    private static Diagnostic diagnostic(javax.tools.Diagnostic<? extends JavaFileObject> found, String severity) {
        String message = cut(found.getMessage(Locale.ENGLISH), MESSAGE);
        if (!(found.getSource() instanceof Source source)) {
            return new Diagnostic("", 0, 0, severity, found.getCode(), message, "");
        }
        if (found.getPosition() == javax.tools.Diagnostic.NOPOS) {
            return new Diagnostic(source.file(), 0, 0, severity, found.getCode(), message, "");
        }
        SourcePosition place = SourcePosition.of(source.posted(), found.getPosition());
        return new Diagnostic(
                source.file(),
                place.line(),
                place.column(),
                severity,
                found.getCode(),
                message,
                snippet(place.text(), place.column()));
    }

    /** The line, or the part of a long line around the column. */
    private static String snippet(String line, int column) {
        if (line.length() <= SNIPPET || column <= SNIPPET - SNIPPET_LEAD) {
            return cut(line, SNIPPET);
        }
        return cut("…" + line.substring(column - 1 - SNIPPET_LEAD), SNIPPET);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
