package io.minimalcluster.master.http.html;

import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Start page at {@code /}, which needs no key: a description, the location of the key and a first call. The only
 * information about this master is whether it serves its API description.
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

    private static final String HTML = """
            <h1>minimalcluster</h1>
            <p>Runs a Java function over a list of arguments, on the cores of several machines.</p>
            <h2>The key</h2>
            <p>Every call below <code>/api/v1</code> needs a key. The one that a master makes is in the file
            <code>authkey</code> of its data folder.</p>
            <p>After <code>./minimalcluster up</code>:</p>
            <pre><code>cat ~/.minimalcluster/data/authkey</code></pre>
            <p>With <code>docker-compose.yml</code>:</p>
            <pre><code>docker-compose exec master cat /key/authkey</code></pre>
            <h2>A first call</h2>
            <p>After <code>./minimalcluster up</code>:</p>
            <pre><code>%s</code></pre>
            <h2>More</h2>
            <ul>
            <li><a href="problems">The errors</a>, and what to do about each</li>
            <li><a href="actuator/health">Health</a></li>
            </ul>
            """.formatted(HtmlPage.escaped(CALL));

    private static final String HTML_OF_API_DOCS = """
            <ul>
            <li><a href="swagger-ui/index.html">All calls</a>, to try from the browser</li>
            <li><a href="v3/api-docs">The OpenAPI document</a></li>
            </ul>
            """;

    private final String text;
    private final String html;

    /** @param apiDocs whether this master serves the description of its API */
    StartPage(@Value("${minimalcluster.api-docs.enabled:true}") boolean apiDocs) {
        this.text = apiDocs ? TEXT + TEXT_OF_API_DOCS : TEXT;
        this.html = apiDocs ? HTML + HTML_OF_API_DOCS : HTML;
    }

    /** HTML if {@code Accept} names it, otherwise plain text. */
    @GetMapping("/")
    ResponseEntity<String> page(@RequestHeader(name = "Accept", defaultValue = MediaType.ALL_VALUE) String accept) {
        return accept.contains(MediaType.TEXT_HTML_VALUE)
                ? HtmlPage.of("minimalcluster", html)
                : ResponseEntity.ok()
                        .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                        .body(text);
    }

    /** Empty response: browsers request an icon for every site. */
    @GetMapping("/favicon.ico")
    ResponseEntity<Void> icon() {
        return ResponseEntity.noContent().build();
    }
}
