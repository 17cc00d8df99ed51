package io.minimalcluster.master.http.problem;

import io.minimalcluster.master.http.html.HtmlPage;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;

/** HTML pages that describe the problem types. They contain no data of requests. */
final class ProblemHtml {
    private ProblemHtml() {}

    static ResponseEntity<String> index() {
        String items = Arrays.stream(ProblemType.values())
                .map(type -> "<li>%d <a href=\"%s\"><code>%s</code></a>: %s</li>\n"
                        .formatted(type.status(), type.path(), type.slug(), HtmlPage.escaped(type.title())))
                .collect(Collectors.joining());
        return HtmlPage.of("Problems", "<h1>Problems</h1>\n<ul>\n" + items + "</ul>\n");
    }

    static ResponseEntity<String> page(ProblemType type) {
        return HtmlPage.of(type.title(), """
                <p>%d <code>%s</code></p>
                <h1>%s</h1>
                <p>%s</p>
                <h2>How to fix it</h2>
                <p>%s</p>
                <p><a href="/problems">All problems</a></p>
                """.formatted(
                        type.status(),
                        type.slug(),
                        HtmlPage.escaped(type.title()),
                        marked(type.meaning()),
                        marked(type.remedy())));
    }

    /** Converts text between backticks to code elements. */
    private static String marked(String text) {
        return HtmlPage.escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }
}
