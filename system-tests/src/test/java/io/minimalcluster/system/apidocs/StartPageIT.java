package io.minimalcluster.system.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

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
@UseShared(Cluster.class)
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

        assertThat(links).hasSize(4).allSatisfy(link -> get(link, "*/*").expect(200));
    }

    @Test
    void browserShowsThePageWithoutErrors() {
        try (Browser browser = Browser.start()) {
            browser.goTo(URI.create(master.url() + "/"));
            browser.await("document.querySelector('h1')?.innerText == 'minimalcluster'");

            assertThat(browser.evaluate("getComputedStyle(document.body).maxWidth")
                            .asString())
                    .as("its style is applied")
                    .isNotEqualTo("none");
            assertThat(browser.consoleErrors()).isEmpty();
            assertThat(browser.requests())
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith(master.url().toString()) || url.startsWith("about:"));
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
