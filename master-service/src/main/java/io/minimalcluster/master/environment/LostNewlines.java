package io.minimalcluster.master.environment;

import io.minimalcluster.model.environment.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds what curl's {@code -d} made of a file: a single line, in which the first comment hides all the code behind it.
 */
final class LostNewlines {
    private static final int SHOWN = 200;
    private static final Pattern CODE_IN_A_COMMENT = Pattern.compile("[^\\r\\n]*?(?<!:)//[^\\r\\n]*[;{}][^\\r\\n]*");

    private LostNewlines() {}

    /** What is found, with a hint for each such source before it. */
    static List<Diagnostic> hinted(Map<String, String> sources, List<Diagnostic> found) {
        List<Diagnostic> all = new ArrayList<>();
        sources.forEach((name, text) -> {
            if (CODE_IN_A_COMMENT.matcher(text).matches()) {
                all.add(hint(name, text));
            }
        });
        all.addAll(found);
        return List.copyOf(all);
    }

    private static Diagnostic hint(String name, String text) {
        return new Diagnostic(
                name,
                1,
                text.indexOf("//") + 1,
                "warning",
                "minimalcluster.lost-newlines",
                "all of it is one line, and this comment hides the code behind it: curl's -d takes newlines out of a file,"
                        + " --data-binary keeps them",
                text.substring(0, Math.min(text.length(), SHOWN)));
    }
}
