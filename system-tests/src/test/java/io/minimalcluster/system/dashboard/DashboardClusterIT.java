package io.minimalcluster.system.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Browser;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.UseShared;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tests the pages of the cluster, the keys and the audit log, in a browser. */
@UseShared(
        value = {Cluster.class, Browser.class},
        cluster = 2)
@Order(3) // one after another with the browser, so not last
class DashboardClusterIT {
    private final Browser browser;
    private final MasterProcess master;

    DashboardClusterIT(Cluster cluster, Browser browser) {
        this.browser = browser;
        this.master = cluster.master();
    }

    @Test
    void workersAreShownDrainedAndResumed() {
        String job = master.api()
                .start(
                        "int f(int i) throws InterruptedException { Thread.sleep(50); return i; }",
                        "f",
                        "{\"range\":{\"from\":0,\"to\":100000}}");
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            dashboard.goTo("cluster");
            Locator worker =
                    dashboard.page().locator("tbody tr").filter(new Locator.FilterOptions().setHasText("second-"));
            DashboardPage.assertText(worker, "Active.*/ 1.*\\d %.*GiB.*tasks in all");
            assertThat(dashboard.page().locator(".plot canvas")).hasCount(2);
            dashboard.screenshot("cluster");

            worker.getByText("Drain", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(worker.locator(".badge")).hasText("Draining");
            dashboard.button("Draining").click();
            assertThat(dashboard.page().locator("tbody tr")).hasCount(1);
            dashboard.button("All").click();
            worker.getByText("Resume", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(worker.locator(".badge")).hasText("Active");
            dashboard.assertClean();
        } finally {
            master.api().post("/jobs/" + job + "/cancel", "").expect(200);
        }
    }

    @Test
    void clusterFitsAPhone() {
        try (DashboardPage dashboard = DashboardPage.onADarkPhone(browser, master)) {
            dashboard.goTo("cluster");
            assertThat(dashboard.page().locator("tbody tr").first()).isVisible();
            dashboard.assertFitsTheWidth();
            dashboard.screenshot("cluster-phone-dark");
        }
    }

    @Test
    void keyIsCreatedUsedAndRevoked() {
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            Page page = dashboard.page();
            dashboard.goTo("admin");
            dashboard.field("Name").fill("eve");
            dashboard.field("Role").selectOption("observer");
            dashboard.field("Expires after").selectOption("30 days");
            dashboard.button("Create key").click();
            String secret = page.locator(".secret").innerText();
            Api observer = Api.of(master.url(), secret);
            observer.get("/jobs").expect(200);
            observer.get("/keys").problem(403, "forbidden");

            dashboard.button("Refresh").click();
            DashboardPage.assertText(
                    dashboard.section("Audit log").locator("tbody tr").first(), "make-key|eve|refused");
            dashboard.field("Action").fill("make-key");
            dashboard.field("Action").press("Enter");
            DashboardPage.assertText(
                    dashboard.section("Audit log").locator("tbody tr").first(), "make-key.*eve.*201");
            page.evaluate("document.querySelector('.secret').textContent = '…'");
            dashboard.screenshot("admin");

            dashboard.button("Revoke eve").click();
            dashboard.button("Revoke").click();
            assertThat(dashboard.section("Keys").getByText("eve", new Locator.GetByTextOptions().setExact(true)))
                    .hasCount(0);
            dashboard.assertClean();
        }
    }

    @Test
    void observerSeesJobsWithoutValuesAndControls() {
        Api api = master.api();
        String job = api.start("int f(int i) { return i; }", "f", "[1,2]");
        api.ended(job);
        String secret = api.post("/keys", "{\"name\":\"olga\",\"role\":\"observer\"}")
                .expect(201)
                .json()
                .path("secret")
                .asString();
        try (DashboardPage dashboard = DashboardPage.open(browser.open(1000, 700, ColorScheme.DARK), master)) {
            dashboard.signIn(secret);
            assertThat(dashboard.page().locator("#nav a")).hasText(new String[] {"Jobs", "Cluster"});
            dashboard.goTo("jobs/" + job);
            dashboard.awaitState("Succeeded");
            assertThat(dashboard.section("Task stream")).isVisible();
            assertThat(dashboard.section("Tasks")).hasCount(0);
            assertThat(dashboard.button("Delete")).hasCount(0);
            dashboard.assertClean();
        } finally {
            api.delete("/keys/olga").expect(204);
        }
    }
}
