package io.minimalcluster.master.http.html;

import io.minimalcluster.model.support.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Layout and response headers of all HTML pages. */
public final class HtmlPage {
    private static final String STYLE =
            "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;"
                    + "color-scheme:light dark}code{font-family:ui-monospace,monospace}"
                    + "pre{overflow-x:auto;padding:.5rem;border:1px solid}";

    /** Content-Security-Policy that allows only the style above. */
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private HtmlPage() {}

    /**
     * Creates the response with a page.
     *
     * @param title as text
     * @param body as HTML
     */
    public static ResponseEntity<String> of(String title, String body) {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", POLICY)
                .contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
                .body("""
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%s</title><style>%s</style></head>
                <body>
                %s</body>
                </html>
                """.formatted(escaped(title), STYLE, body));
    }

    /** Escapes text for HTML. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String digest(String text) {
        return Base64.getEncoder().encodeToString(Sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
