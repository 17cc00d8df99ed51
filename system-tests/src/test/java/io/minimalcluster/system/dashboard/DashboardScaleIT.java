package io.minimalcluster.system.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Browser;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.UseShared;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Tests that the pages of the dashboard stay small, and that they ask only for what has changed: with hundreds of jobs,
 * a job of a million tasks and thousands of failures. The test itself is the worker, so nothing else changes.
 */
@UseShared(Browser.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the first tests are without a worker
@Order(3) // one after another with the browser, so not last
class DashboardScaleIT {
    private static final int JOBS = 300;
    private static final int PARTS = 625;
    private static final int PART = 1_600;

    private static MasterProcess master;
    private static Api api;
    private static String environment;

    private final Browser browser;

    DashboardScaleIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeAll
    static void start() {
        master = MasterProcess.start(
                "--minimalcluster.local-worker.enabled=false", "--minimalcluster.lease.duration=5m");
        api = master.api();
        environment = api.load("int zero(int i) { return 0; }");
        IntStream.range(0, JOBS).parallel().forEach(_ -> submit(3));
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    private static String submit(long tasks) {
        return api.submit(
                        environment,
                        "zero",
                        "{\"range\":{\"from\":0,\"to\":" + tasks + "}}",
                        "{\"batchSize\":1000000,\"priority\":" + (tasks > 3 ? 9 : 0) + "}")
                .expect(202)
                .json()
                .path("id")
                .asString();
    }

    /** The lease of a job, whose outcomes the test posts itself. */
    private record Taken(RawWorker worker, String lease) {
        static Taken job() {
            RawWorker worker = RawWorker.register(Api.of(master.url(), master.read("worker.key")), "test");
            return new Taken(worker, worker.takeBatch().path("leaseId").asString());
        }

        void succeed(int part) {
            String values = String.join(",", Collections.nCopies(PART, "0"));
            worker.results(lease, (long) part * PART, PART, values, part == PARTS - 1)
                    .expect(200);
        }

        void fail(int part) {
            String errors = IntStream.range(part * PART, (part + 1) * PART)
                    .mapToObj(index -> """
                            {"index":%d,"kind":"exception","type":"java.lang.IllegalStateException",\
                            "message":"no %d","stackTrace":["Main.zero(Main.java:1)"],"attempts":1}""".formatted(index, index))
                    .collect(Collectors.joining(","));
            worker.results(
                            lease,
                            "{\"first\":%d,\"count\":%d,\"values\":[%s],\"micros\":[],\"errors\":[%s],\"done\":false}"
                                    .formatted(
                                            part * PART,
                                            PART,
                                            String.join(",", Collections.nCopies(PART, "null")),
                                            errors))
                    .expect(200);
        }
    }

    @Test
    @Order(1)
    void listAsksOnlyForWhatHasChanged() {
        try (DashboardPage dashboard = DashboardPage.withClock(browser, master)) {
            Locator rows = dashboard.page().locator("tbody tr");
            assertThat(rows).hasCount(25);
            assertThat(dashboard.bytes()).isLessThan(30_000);
            assertThat(dashboard.elements()).isLessThan(800);
            dashboard.passMinute();
            assertThat(dashboard.requests("/jobs.*")).isEqualTo(1);

            String id = submit(3);

            assertThat(dashboard.page().locator("a[href='#/jobs/" + id + "']")).isVisible();
            assertThat(rows).hasCount(25);
            assertThat(dashboard.requests("/jobs.*")).isEqualTo(2);
            dashboard.assertClean();
        }
    }

    @Test
    @Order(2)
    void placeInTheListSurvivesAVisitToAJob() {
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            Locator place = dashboard.page().locator(".pager span");
            Locator links = dashboard.page().locator("tbody a");
            dashboard.button("Queued").click();
            dashboard.button("Older →").click();
            assertThat(place).hasText("26–50");
            dashboard.button("Older →").click();
            assertThat(place).hasText("51–75");
            String link = links.first().getAttribute("href");

            links.first().click();
            dashboard.awaitState("Queued");
            dashboard.page().goBack();

            assertThat(place).hasText("51–75");
            assertThat(links.first()).hasAttribute("href", link);
            assertThat(dashboard.button("Queued")).hasAttribute("aria-pressed", "true");
            dashboard.button("Newest").click();
            assertThat(place).hasText("1–25");
            dashboard.assertClean();
        }
    }

    @Test
    @Order(3)
    void jobOfAMillionTasksIsReadOnce() {
        String id = submit(PARTS * PART);
        Taken job = Taken.job();
        IntStream.range(0, PARTS).forEach(job::succeed);
        try (DashboardPage dashboard = DashboardPage.withClock(browser, master)) {
            dashboard.goTo("jobs/" + id);
            dashboard.awaitState("Succeeded");
            assertThat(dashboard.page().getByText("of 1,000,000 done")).isVisible();
            assertThat(dashboard.page().locator("canvas[role=img]"))
                    .hasAttribute("aria-label", Pattern.compile("Task stream: 500 blocks on .*"));
            assertThat(dashboard.page().locator("tbody tr")).hasCount(20);
            dashboard.screenshot("job-million");
            dashboard.page().setViewportSize(390, 844);
            dashboard.assertFitsTheWidth();
            dashboard.screenshot("job-million-phone");
            dashboard.passMinute();

            assertThat(dashboard.requests("/jobs/" + id)).isEqualTo(1);
            assertThat(dashboard.requests("/jobs/.*/timeline")).isEqualTo(1);
            assertThat(dashboard.requests("/jobs/.*/results.*")).isEqualTo(1);
            assertThat(dashboard.requests("/jobs/.*")).isEqualTo(3);
            assertThat(dashboard.bytes()).isLessThan(150_000);
            assertThat(dashboard.elements()).isLessThan(500);
            dashboard.assertClean();
        }
    }

    @Test
    @Order(4)
    void failuresOfARunningJobAreReadToALimit() {
        String id = submit(PARTS * PART);
        Taken job = Taken.job();
        job.fail(0);
        job.fail(1);
        try (DashboardPage dashboard = DashboardPage.withClock(browser, master)) {
            dashboard.goTo("jobs/" + id);
            Locator failures = dashboard.section("Failed tasks");
            DashboardPage.assertText(failures, "500.*IllegalStateException.*first 500 failed tasks of 3,200");
            assertThat(dashboard.elements()).isLessThan(600);

            job.fail(2);
            assertThat(dashboard.page().locator(".tile.bad")).containsText("4,800");
            dashboard.passMinute();

            DashboardPage.assertText(failures, "first 500 failed tasks of 4,800");
            assertThat(dashboard.requests("/jobs/.*/results\\?state=failed.*")).isEqualTo(1);
            assertThat(dashboard.requests("/jobs/.*/results\\?args=true.*")).isEqualTo(1);
            assertThat(dashboard.requests("/jobs/.*/events")).isEqualTo(1);
            dashboard.assertClean();
        }
    }
}
