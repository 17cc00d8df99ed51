package io.minimalcluster.task.compile;

import io.minimalcluster.model.environment.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileObject;

/** What javac says, bounded, and placed in the sources as they were posted. */
final class Diagnostics implements DiagnosticListener<JavaFileObject> {
    private static final int MOST = 100;
    private static final int MESSAGE = 2000;
    private static final int SNIPPET = 200;
    private static final int BEFORE = 80;

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

    /** An error that is not javac's to report: it broke. */
    void broke(String message) {
        errors.add(new Diagnostic("", 0, 0, "error", "compiler.broke", message, ""));
    }

    /** What explains the rest, and comes before it. */
    void hint(List<Diagnostic> found) {
        hints.addAll(found.subList(0, Math.min(found.size(), MOST)));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<Diagnostic> warnings() {
        return all(warnings);
    }

    /** The errors, and then as many of the warnings as there is room for. */
    List<Diagnostic> all() {
        List<Diagnostic> all = new ArrayList<>(errors);
        all.addAll(warnings.subList(0, Math.min(warnings.size(), MOST - errors.size())));
        return all(all);
    }

    private List<Diagnostic> all(List<Diagnostic> found) {
        List<Diagnostic> all = new ArrayList<>(hints);
        all.addAll(found);
        return List.copyOf(all);
    }

    private static void add(
            List<Diagnostic> list, javax.tools.Diagnostic<? extends JavaFileObject> found, String severity) {
        if (list.size() < MOST) {
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

    /** The line, or of a long one what is around the place. */
    private static String snippet(String line, int column) {
        if (line.length() <= SNIPPET || column <= SNIPPET - BEFORE) {
            return cut(line, SNIPPET);
        }
        return cut("…" + line.substring(column - 1 - BEFORE), SNIPPET);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
