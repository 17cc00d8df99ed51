package io.minimalcluster.master.http.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.web.RawResponse;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.nio.file.Path;
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
    void browserGetsAPageWithoutScriptsOrExternalResources() throws IOException {
        RawResponse page = page(BROWSER_ACCEPT).hasCommonHeaders();

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'none'")
                .doesNotContain("unsafe", "script-src", "http");
        assertThat(page.body())
                .contains("cat ~/.minimalcluster/data/authkey", "docker-compose exec master cat /key/authkey")
                .contains("href=\"swagger-ui/index.html\"", "href=\"v3/api-docs\"", "href=\"problems\"")
                .contains("href=\"actuator/health\"", "/api/v1/run?function=square&amp;args=1,2,3")
                .doesNotContain("<script", "src=", "http://", "https://");
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
    @ValueSource(strings = {"/", "/favicon.ico"})
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
