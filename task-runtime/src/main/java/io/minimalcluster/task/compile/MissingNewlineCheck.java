package io.minimalcluster.task.compile;

import io.minimalcluster.model.environment.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Detects sources that lost their newlines by {@code curl -d}. Such a source is a single line, in which the first
 * comment hides the rest.
 */
final class MissingNewlineCheck {
    private static final int SNIPPET_LENGTH = 200;

    private MissingNewlineCheck() {}

    /** One hint for each affected source. */
    static List<Diagnostic> in(Map<String, String> sources) {
        List<Diagnostic> hints = new ArrayList<>();
        new TreeMap<>(sources).forEach((name, text) -> {
            int comment = comment(text);
            if (comment >= 0 && isOneLine(text) && hidesCode(text, comment)) {
                hints.add(hint(name, text, comment));
            }
        });
        return hints;
    }

    /** The index of the first line comment, negative for none. The {@code //} of a URL is not a comment. */
    private static int comment(String text) {
        int found = text.indexOf("//");
        while (found > 0 && text.charAt(found - 1) == ':') {
            found = text.indexOf("//", found + 2);
        }
        return found;
    }

    private static boolean isOneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    }

    private static boolean hidesCode(String text, int comment) {
        return text.indexOf(';', comment) >= 0 || text.indexOf('{', comment) >= 0 || text.indexOf('}', comment) >= 0;
    }

    private static Diagnostic hint(String name, String text, int comment) {
        return new Diagnostic(
                name,
                1,
                comment + 1,
                "warning",
                "minimalcluster.lost-newlines",
                "all of it is one line, and this comment hides the code behind it: curl's -d takes newlines out of a file,"
                        + " --data-binary keeps them",
                text.substring(0, Math.min(text.length(), SNIPPET_LENGTH)));
    }
}
