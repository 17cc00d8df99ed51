package io.minimalcluster.master.http.problem;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.http.html.HtmlPage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Serves the page that a problem's {@code type} links to: meaning and remedy, as HTML, text or JSON. */
@RestController
final class ProblemPages {
    private static final List<MediaType> OFFERED =
            List.of(MediaType.TEXT_HTML, MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON);

    /** JSON form of a problem type. */
    record Page(String type, String title, int status, String meaning, String remedy) {
        static Page of(ProblemType type) {
            return new Page(type.path(), type.title(), type.status(), type.meaning(), type.remedy());
        }
    }

    @GetMapping("/problems")
    ResponseEntity<?> all(@RequestHeader(name = "Accept", defaultValue = "*/*") List<String> accept) {
        return switch (chosen(accept).getSubtype()) {
            case "html" -> htmlIndex();
            case "plain" -> text(textIndex());
            default -> json(List.of(ProblemType.values()).stream().map(Page::of).toList());
        };
    }

    @GetMapping("/problems/{slug}")
    ResponseEntity<?> one(
            @PathVariable String slug, @RequestHeader(name = "Accept", defaultValue = "*/*") List<String> accept) {
        ProblemType type = ProblemType.ofSlug(slug).orElseThrow(() -> new MasterException.NotFound("such problem"));
        return switch (chosen(accept).getSubtype()) {
            case "html" -> htmlPage(type);
            case "plain" -> text(textPage(type));
            default -> json(Page.of(type));
        };
    }

    private static MediaType chosen(List<String> accept) {
        return accepted(accept).stream()
                .flatMap(asked -> OFFERED.stream().filter(asked::includes))
                .findFirst()
                .orElseThrow(() -> new MasterException.NotAcceptable(
                        "This page comes as text/html, text/plain or application/json."));
    }

    private static List<MediaType> accepted(List<String> accept) {
        return MediaType.parseMediaTypes(accept).stream()
                .filter(each -> each.getQualityValue() > 0)
                .sorted((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()))
                .toList();
    }

    private static ResponseEntity<String> text(String page) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                .body(page);
    }

    private static ResponseEntity<Object> json(Object page) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(page);
    }

    private static ResponseEntity<String> htmlIndex() {
        String items = Arrays.stream(ProblemType.values())
                .map(type -> "<li>%d <a href=\"%s\"><code>%s</code></a>: %s</li>\n"
                        .formatted(
                                type.status(), type.path().substring(1), type.slug(), HtmlPage.escaped(type.title())))
                .collect(Collectors.joining());
        return HtmlPage.of("Problems", "<h1>Problems</h1>\n<ul>\n" + items + "</ul>\n");
    }

    private static ResponseEntity<String> htmlPage(ProblemType type) {
        return HtmlPage.of(type.title(), """
                <p>%d <code>%s</code></p>
                <h1>%s</h1>
                <p>%s</p>
                <h2>How to fix it</h2>
                <p>%s</p>
                <p><a href="../problems">All problems</a></p>
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

    private static String textIndex() {
        return Arrays.stream(ProblemType.values())
                .map(type -> "%d %-24s %s\n".formatted(type.status(), type.slug(), type.title()))
                .collect(Collectors.joining());
    }

    private static String textPage(ProblemType type) {
        return """
                %d %s

                %s

                %s
                """.formatted(type.status(), type.title(), type.meaning(), type.remedy());
    }
}
