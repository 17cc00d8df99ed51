package io.minimalcluster.master.dashboard;

import io.minimalcluster.master.http.html.HtmlPage;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Start page at {@code /}, which needs no key. Browsers get the dashboard, whose page tells a visitor without a key
 * what this is and where the key is; other clients get that as text. The only information about this master is whether
 * it serves its API description.
 */
@RestController
final class StartPage {
    private static final String CALL = """
            M=$(cat ~/.minimalcluster/data/master.url) A="Authorization: Bearer $(cat ~/.minimalcluster/data/authkey)"
            curl -H "$A" "$M/api/v1/run?function=square&args=1,2,3" -d 'long square(long x) { return x * x; }'
            """;

    private static final String TEXT = """
            minimalcluster: runs a Java function over a list of arguments, on the cores of several machines.

            Every call below /api/v1 needs a key. The one that a master makes is in the file authkey of its data folder:
              after ./minimalcluster up    cat ~/.minimalcluster/data/authkey
              with docker-compose.yml      docker-compose exec master cat /key/authkey

            A first call, after ./minimalcluster up:
            %s
            Errors           /problems
            Health           /actuator/health
            """.formatted(CALL.indent(2));

    private static final String TEXT_OF_API_DOCS = """
            All calls        /swagger-ui/index.html
            OpenAPI          /v3/api-docs
            """;

    /** Encloses the links of {@code index.html} that work only if this master serves its API description. */
    private static final Pattern API_DOCS_LINKS =
            Pattern.compile("<!-- api-docs -->.*?<!-- /api-docs -->\\s*", Pattern.DOTALL);

    private final String text;
    private final boolean apiDocs;
    private final DashboardFiles files;

    /** @param apiDocs whether this master serves the description of its API */
    StartPage(DashboardFiles files, @Value("${minimalcluster.api-docs.enabled:true}") boolean apiDocs) {
        this.files = files;
        this.apiDocs = apiDocs;
        this.text = apiDocs ? TEXT + TEXT_OF_API_DOCS : TEXT;
    }

    /** HTML if {@code Accept} names it, otherwise plain text. */
    @GetMapping("/")
    ResponseEntity<String> page(@RequestHeader(name = "Accept", defaultValue = MediaType.ALL_VALUE) String accept) {
        return accept.contains(MediaType.TEXT_HTML_VALUE)
                ? html()
                : ResponseEntity.ok()
                        .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                        .body(text);
    }

    private ResponseEntity<String> html() {
        DashboardFiles.Page page = files.page();
        String html = page.html().replace("{{call}}", HtmlPage.escaped(CALL));
        return ResponseEntity.ok()
                .header("Content-Security-Policy", page.policy())
                .contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
                .body(apiDocs ? html : API_DOCS_LINKS.matcher(html).replaceAll(""));
    }

    /** Empty response: browsers request an icon for every site. */
    @GetMapping("/favicon.ico")
    ResponseEntity<Void> icon() {
        return ResponseEntity.noContent().build();
    }
}
