package io.minimalcluster.system.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Browser;
import io.minimalcluster.system.harness.Browser.Window;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tests sign-in, the list of jobs and the page of a job, in a browser. */
@UseShared(
        value = {Cluster.class, Browser.class},
        cluster = 2)
@Order(3) // one after another with the browser, so not last
class DashboardJobsIT {
    private static final String MIXED = """
            double mixed(int i) throws InterruptedException {
                IO.println("task " + i);
                Thread.sleep(2 + i % 7);
                if (i % 40 == 7) {
                    return 1 / (i - i);
                }
                if (i % 90 == 11) {
                    throw new IllegalStateException("no value for " + i);
                }
                return Math.sqrt(i);
            }
            """;
    private static final String SLOW = "int slow(int i) throws InterruptedException { Thread.sleep(300); return i; }";

    private final Browser browser;
    private final MasterProcess master;
    private final Api api;

    DashboardJobsIT(Cluster cluster, Browser browser) {
        this.browser = browser;
        this.master = cluster.master();
        this.api = master.api();
    }

    private String mixedJob(String name) {
        return api.start(
                MIXED,
                "mixed",
                "{\"range\":{\"from\":0,\"to\":400}}",
                "{\"name\":\"" + name + "\",\"labels\":{\"team\":\"x\"}}");
    }

    @Test
    void sessionLastsUntilSignOut() {
        try (Window window = browser.open();
                DashboardPage dashboard = DashboardPage.open(window, master)) {
            Page page = dashboard.page();
            dashboard.screenshot("sign-in");
            dashboard.field("Key").fill("wrong");
            dashboard.button("Sign in").click();
            assertThat(page.getByRole(AriaRole.ALERT)).hasText("The master does not know this key.");

            dashboard.signIn(master.read("authkey"));
            page.reload();
            assertThat(dashboard.heading("Jobs")).isVisible();
            assertThat((String) page.evaluate("JSON.stringify(localStorage) + document.cookie"))
                    .as("the key is not kept in the browser")
                    .doesNotContain(master.read("authkey"));

            dashboard.button("Sign out").click();
            assertThat(dashboard.field("Key")).isVisible();
            page.reload();
            assertThat(dashboard.field("Key")).isVisible();
        }
    }

    @Test
    void linkSignsInOnce() {
        String code =
                api.post("/session/code", "").expect(201).json().path("code").asString();
        String link = master.url() + "/#code=" + code;
        try (Window window = browser.open();
                Window other = browser.open()) {
            window.page().navigate(link);
            assertThat(window.page().getByText("Sign out")).isVisible();
            assertThat(window.page()).hasURL(master.url() + "/#/jobs");

            other.page().navigate(link);
            assertThat(other.page().getByRole(AriaRole.ALERT)).containsText("used before");
        }
    }

    @Test
    void listShowsAndFiltersJobs() {
        String failed = mixedJob("list of mixed");
        api.ended(failed);
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            Locator rows = dashboard.page().locator("tbody tr");
            dashboard.button("Failed").click();
            assertThat(rows.filter(new Locator.FilterOptions().setHasText(failed)))
                    .hasCount(1);
            DashboardPage.assertText(
                    rows.filter(new Locator.FilterOptions().setHasText(failed)), "400 / 400.*15 failed");

            dashboard.button("Cancelled").click();
            assertThat(rows.filter(new Locator.FilterOptions().setHasText(failed)))
                    .hasCount(0);

            dashboard.button("All").click();
            dashboard.field("Label").fill("team=x");
            dashboard.field("Label").press("Enter");
            assertThat(rows.filter(new Locator.FilterOptions().setHasText(failed)))
                    .hasCount(1);
            dashboard.screenshot("jobs");
            dashboard.assertClean();
        }
    }

    @Test
    void jobShowsItsCourseFailuresAndTasks() throws IOException {
        String id = mixedJob("course of mixed");
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            Page page = dashboard.page();
            dashboard.goTo("jobs/" + id);
            dashboard.awaitState("Failed");
            assertThat(page.getByText("of 400 done")).isVisible();
            assertThat(page.locator("canvas[role=img]"))
                    .hasAttribute("aria-label", Pattern.compile("Task stream: \\d+ blocks.*"));
            assertThat(page.locator(".plot canvas")).isVisible();

            Locator failures = dashboard.section("Failed tasks");
            assertThat(failures.locator("summary")).hasCount(2);
            DashboardPage.assertText(
                    failures.locator("summary").first(), "10.*java.lang.ArithmeticException.*Main.java:5");
            DashboardPage.assertText(failures, "/ by zero");
            dashboard.screenshot("job");

            failures.getByText("47", new Locator.GetByTextOptions().setExact(true))
                    .click();
            Locator task = page.locator("dialog");
            DashboardPage.assertText(task, "Task 47.*Failed");
            DashboardPage.assertText(task, "java.lang.ArithmeticException: / by zero\\s+at ");
            DashboardPage.assertText(task, "Output.*task 47");
            dashboard.screenshot("task");
            task.getByLabel("Task after").click();
            DashboardPage.assertText(task, "Task 48.*Succeeded.*Argument.*48.*Value.*6\\.92820323");
            page.keyboard().press("Escape");
            assertThat(task).hasCount(0);

            Download csv = page.waitForDownload(dashboard.button("CSV")::click);
            assertThat(csv.suggestedFilename()).isEqualTo(id + ".csv");
            assertThat(Files.readAllLines(csv.path())).hasSize(401);
            Download lines = page.waitForDownload(dashboard.button("NDJSON")::click);
            assertThat(Files.readAllLines(lines.path())).hasSize(400).allMatch(line -> line.contains("\"argument\":"));
            dashboard.assertClean();
        }
    }

    @Test
    void jobIsPausedResumedAndCancelled() {
        String id = api.start(SLOW, "slow", "{\"range\":{\"from\":0,\"to\":2000}}");
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            dashboard.goTo("jobs/" + id);
            dashboard.awaitState("Running");
            DashboardPage.assertText(dashboard.page().locator(".reason summary"), ".+");
            dashboard.screenshot("job-running");
            dashboard.button("Pause").click();
            dashboard.awaitState("Paused");
            dashboard.button("Resume").click();
            dashboard.awaitState("Running");
            dashboard.button("Cancel").click();
            dashboard.button("No").click();
            dashboard.awaitState("Running");
            dashboard.button("Cancel").click();
            dashboard.button("Cancel the job").click();
            dashboard.awaitState("Cancelled");
            assertThat(dashboard.button("Retry")).isVisible();
            dashboard.assertClean();
        }
    }

    @Test
    void textOfTasksAndJobsIsNeverMarkup() {
        String attack = "<img src=x onerror=attacked=1>";
        String id = api.start(
                "String attack(String text) { IO.println(text); throw new IllegalStateException(text); }",
                "attack",
                "[\"" + attack + "\"]",
                "{\"name\":\"" + attack + "\",\"labels\":{\"team\":\"" + attack + "\"}}");
        api.ended(id);
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            Page page = dashboard.page();
            assertThat(page.getByText(attack).first()).isVisible();
            dashboard.goTo("jobs/" + id);
            dashboard.awaitState("Failed");
            assertThat(dashboard.section("Failed tasks").getByText(attack).first())
                    .isVisible();
            dashboard.section("Failed tasks").getByRole(AriaRole.BUTTON).first().click();
            assertThat(page.locator("dialog pre").filter(new Locator.FilterOptions().setHasText(attack)))
                    .hasCount(3);

            assertThat(page.evaluate(
                            "window.attacked === undefined && !document.querySelector('main img, dialog img')"))
                    .isEqualTo(true);
            dashboard.assertClean();
        }
    }

    @Test
    void phoneWidthAndDarkColoursFit() {
        String id = mixedJob("on a phone");
        api.ended(id);
        try (DashboardPage dashboard = DashboardPage.onADarkPhone(browser, master)) {
            dashboard.assertFitsTheWidth();
            dashboard.screenshot("jobs-phone-dark");
            dashboard.goTo("jobs/" + id);
            assertThat(dashboard.section("Failed tasks")).isVisible();
            dashboard.assertFitsTheWidth();
            dashboard.screenshot("job-phone-dark");
        }
    }
}
