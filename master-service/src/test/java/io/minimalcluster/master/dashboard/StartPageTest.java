package io.minimalcluster.master.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.web.RawResponse;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartPageTest {
    private static final String BROWSER_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @TempDir
    static Path data;

    static RunningMaster master;

    @BeforeAll
    static void start() {
        master = RunningMaster.start(data);
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    private static RawResponse page(String accept) throws IOException {
        return master.call("GET", "/").header("Accept", accept).send();
    }

    @Test
    void browserGetsTheDashboardWithAStrictPolicy() throws IOException {
        RawResponse page = page(BROWSER_ACCEPT).hasCommonHeaders();

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'none'", "require-trusted-types-for 'script'")
                .containsPattern("script-src 'self' 'sha256-[^' ]+';")
                .doesNotContain("unsafe", "http");
        assertThat(page.body())
                .contains("cat ~/.minimalcluster/data/authkey", "docker-compose exec master cat /key/authkey")
                .contains("href=\"swagger-ui/index.html\"", "href=\"v3/api-docs\"", "href=\"problems\"")
                .contains("href=\"actuator/health\"", "/api/v1/run?function=square&amp;args=1,2,3")
                .doesNotContain("{{", "http://", "https://", "style=", "onclick");
    }

    @Test
    void importMapNamesFilesThatAreServed() throws IOException {
        List<String> files = Pattern.compile("\"\\./(dashboard/lib/[a-z0-9-]+\\.js)\"")
                .matcher(page(BROWSER_ACCEPT).body())
                .results()
                .map(file -> file.group(1))
                .toList();

        assertThat(files)
                .contains("dashboard/lib/codemirror-view.js", "dashboard/lib/lezer-java.js", "dashboard/lib/uplot.js");
        for (String file : files) {
            RawResponse script = master.call("GET", "/" + file).send().hasCommonHeaders();
            assertThat(script.status()).as(file).isEqualTo(200);
            assertThat(script.header("Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
        }
    }

    @Test
    void unchangedFileIsNotSentAgain() throws IOException {
        RawResponse first = master.call("GET", "/dashboard/main.js").send();

        RawResponse again = master.call("GET", "/dashboard/main.js")
                .header("If-None-Match", first.header("ETag"))
                .send();

        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/dashboard/none.js", "/dashboard/index.html", "/dashboard/lib/none.js", "/dashboard/lib/uplot"})
    void otherFilesAreNotServed(String path) throws IOException {
        master.call("GET", path).send().isProblem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/plain", "application/json"})
    void otherClientsGetPlainText(String accept) throws IOException {
        RawResponse text = page(accept).hasCommonHeaders();

        assertThat(text.status()).isEqualTo(200);
        assertThat(text.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(text.body()).contains("cat ~/.minimalcluster/data/authkey", "/swagger-ui/index.html");
        assertThat(text.body().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void pageDisclosesNothingAboutThisMaster() throws IOException {
        for (String accept : new String[] {BROWSER_ACCEPT, "*/*"}) {
            assertThat(page(accept).body())
                    .doesNotContain(master.authkey(), data.toString(), Integer.toString(master.port()));
        }
    }

    @Test
    void faviconHasNoContent() throws IOException {
        RawResponse icon = master.call("GET", "/favicon.ico").send().hasCommonHeaders();

        assertThat(icon.status()).isEqualTo(204);
        assertThat(icon.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/favicon.ico", "/dashboard/main.js", "/dashboard/lib/uplot.css"})
    void pagesAreReadOnly(String path) throws IOException {
        assertThat(master.call("HEAD", path).send().status()).isIn(200, 204);
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
            master.call(method, path).send().isProblem(401, "unauthenticated");
            RawResponse rejected = master.authorized(method, path).send();
            rejected.isProblem(405, "method-not-allowed");
            assertThat(rejected.header("Allow")).contains("GET", "HEAD");
        }
    }
}
