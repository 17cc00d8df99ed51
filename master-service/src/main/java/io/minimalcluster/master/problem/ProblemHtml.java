package io.minimalcluster.master.problem;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** The pages for browsers: nothing is loaded from elsewhere, and nothing in them comes from a request. */
final class ProblemHtml {
    private static final String STYLE =
            "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;"
                    + "color-scheme:light dark}code{font-family:ui-monospace,monospace}";

    /** Allows the one style above and nothing else. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private ProblemHtml() {}

    static String index() {
        String items = Arrays.stream(ProblemType.values())
                .map(type -> "<li>%d <a href=\"%s\"><code>%s</code></a>: %s</li>\n"
                        .formatted(type.status(), type.path(), type.slug(), escaped(type.title())))
                .collect(Collectors.joining());
        return page("Problems", "<h1>Problems</h1>\n<ul>\n" + items + "</ul>\n");
    }

    static String page(ProblemType type) {
        return page(type.title(), """
                <p>%d <code>%s</code></p>
                <h1>%s</h1>
                <p>%s</p>
                <h2>How to mend it</h2>
                <p>%s</p>
                <p><a href="/problems">All problems</a></p>
                """.formatted(
                type.status(), type.slug(), escaped(type.title()), marked(type.meaning()), marked(type.remedy())));
    }

    private static String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%s</title><style>%s</style></head>
                <body>
                %s</body>
                </html>
                """.formatted(escaped(title), STYLE, body);
    }

    /** What stands between backticks becomes code. */
    private static String marked(String text) {
        return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
