package io.minimalcluster.system.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.minimalcluster.system.harness.Browser;
import io.minimalcluster.system.harness.Browser.Window;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.UseShared;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tests Swagger UI in a browser. */
@UseShared({MasterProcess.class, Browser.class})
@Order(2)
class SwaggerUiIT {
    private static String block(String method, String path) {
        return ".opblock-" + method + ":has([data-path=\"" + path + "\"])";
    }

    private static void execute(Page page, String block) {
        page.locator(block + " .opblock-summary-control").click();
        page.locator(block + " .try-out__btn").click();
        page.locator(block + " .execute").click();
    }

    private static void assertStatus(Page page, String block, String status) {
        PlaywrightAssertions.assertThat(page.locator(block + " .live-responses-table tbody .response-col_status"))
                .containsText(Pattern.compile("^" + status));
    }

    private static void authorize(Page page, MasterProcess master) {
        page.locator(".btn.authorize").click();
        page.locator(".auth-container input").fill(master.read("authkey"));
        page.locator(".auth-btn-wrapper .authorize").click();
        page.locator(".auth-btn-wrapper .btn-done").click();
    }

    @Test
    void callsUseTheKeyOfTheAuthorizeDialogAndShowAllDigits(MasterProcess master, Browser browser) {
        try (Window window = browser.open()) {
            Page page = window.page();
            page.navigate(master.url() + "/swagger-ui/index.html");
            page.locator("[data-tag=\"Environments\"]").click();
            String list = block("get", "/api/v1/environments");
            execute(page, list);
            assertStatus(page, list, "401");

            authorize(page, master);
            page.locator(list + " .execute").click();
            assertStatus(page, list, "200");
            String load = block("post", "/api/v1/environments");
            execute(page, load);
            assertStatus(page, load, "20"); // 200 if another test has loaded the example on this master
            assertAllDigitsAreShown(page.locator(load + " .live-responses-table .highlight-code"));

            assertThat(window.requests())
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith(master.url().toString())
                            || url.startsWith("data:")
                            || url.startsWith("about:"));
            assertThat(window.consoleErrors())
                    .filteredOn(error -> !error.contains("401")) // the call without a key
                    .isEmpty();
            assertThat((String) page.evaluate("JSON.stringify(localStorage) + document.cookie"))
                    .as("the key is not kept after the tab is closed")
                    .doesNotContain(master.read("authkey"));

            page.reload();
            execute(page, list);
            assertStatus(page, list, "200");
        }
    }

    private static void assertAllDigitsAreShown(Locator answer) {
        PlaywrightAssertions.assertThat(answer).containsText("\"max\": 9223372036854775807");
        assertThat(answer.innerText()).contains("\"min\": -9223372036854775808").contains("{\n  \"id\": \"env-");
    }
}
