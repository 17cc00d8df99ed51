package io.minimalcluster.system.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.UseShared;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests Swagger UI in a browser. */
@UseShared(MasterProcess.class)
class SwaggerUiIT {
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    private static String block(String method, String path) {
        return ".opblock-" + method + ":has([data-path=\"" + path + "\"])";
    }

    private static void execute(String block) {
        browser.click(block + " .opblock-summary-control");
        browser.click(block + " .try-out__btn");
        browser.click(block + " .execute");
    }

    private static void awaitStatus(String block, String status) {
        browser.await("(document.querySelector('" + block
                + " .live-responses-table tbody .response-col_status')||{}).innerText" + "?.startsWith('" + status
                + "')");
    }

    @Test
    void callsUseTheKeyOfTheAuthorizeDialog(MasterProcess master) {
        browser.goTo(URI.create(master.url() + "/swagger-ui/index.html"));
        browser.click("[data-tag=\"Environments\"]");
        String list = block("get", "/api/v1/environments");
        execute(list);
        awaitStatus(list, "401");

        browser.click(".btn.authorize");
        browser.type(".auth-container input", master.read("authkey"));
        browser.click(".auth-btn-wrapper .authorize");
        browser.click(".auth-btn-wrapper .btn-done");

        browser.click(list + " .execute");
        awaitStatus(list, "200");
        String load = block("post", "/api/v1/environments");
        execute(load);
        awaitStatus(load, "20"); // 200 if another test has loaded the example on this master

        assertThat(browser.requests())
                .isNotEmpty()
                .allMatch(url ->
                        url.startsWith(master.url().toString()) || url.startsWith("data:") || url.startsWith("about:"));
        assertThat(browser.consoleErrors())
                .filteredOn(error -> !error.contains("401")) // the call without a key
                .isEmpty();
        assertThat(browser.evaluate("JSON.stringify(localStorage) + document.cookie")
                        .asString())
                .as("the key is not kept in the browser")
                .doesNotContain(master.read("authkey"));
    }
}
