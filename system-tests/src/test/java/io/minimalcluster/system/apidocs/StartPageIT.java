package io.minimalcluster.system.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.minimalcluster.system.harness.Browser;
import io.minimalcluster.system.harness.Browser.Window;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests the start page of a master. */
@UseShared({Cluster.class, Browser.class})
class StartPageIT {
    private final MasterProcess master;

    StartPageIT(Cluster cluster) {
        this.master = cluster.master();
    }

    private Response get(String path, String accept) {
        return master.api().withoutKey().send("GET", path, Map.of("Accept", accept), BodyPublishers.noBody());
    }

    @Test
    void linksAreReachableWithoutAKey() {
        List<String> links = Pattern.compile("href=\"([^\"]+)\"")
                .matcher(get("/", "text/html").expect(200).text())
                .results()
                .map(link -> URI.create("/").resolve(link.group(1)).toString())
                .toList();

        assertThat(links)
                .contains("/problems", "/actuator/health", "/swagger-ui/index.html", "/v3/api-docs")
                .allSatisfy(link -> get(link, "*/*").expect(200));
    }

    @Test
    void browserShowsThePageWithoutErrors(Browser browser) {
        try (Window window = browser.open()) {
            window.page().navigate(master.url() + "/");

            PlaywrightAssertions.assertThat(window.page().locator("h1")).hasText("minimalcluster");
            PlaywrightAssertions.assertThat(window.page().getByLabel("Key")).isFocused();
            assertThat(window.page().evaluate("getComputedStyle(document.getElementById('welcome')).maxWidth"))
                    .as("its style is applied")
                    .isNotEqualTo("none");
            assertThat(window.consoleErrors()).isEmpty();
            assertThat(window.requests())
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith(master.url().toString()));
        }
    }

    @Test
    void firstCallRunsAsPrinted() throws IOException {
        String call = get("/", "*/*")
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.strip().startsWith("M=") || line.strip().startsWith("curl "))
                .collect(Collectors.joining("\n"));
        try (Folder home = Folder.create("home")) {
            Path data = home.path(".minimalcluster/data");
            Files.createDirectories(data.getParent());
            Files.createSymbolicLink(data, master.data());

            String output = Command.run("env", "HOME=" + home.path("."), "sh", "-ec", call);

            assertThat(output).contains("\"values\":[1,4,9]}\n");
        }
    }
}
