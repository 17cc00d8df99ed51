package io.minimalcluster.system.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.minimalcluster.system.harness.Browser;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tests the playground of the dashboard in a browser. */
@UseShared(
        value = {Cluster.class, Browser.class},
        cluster = 2)
@Order(3) // one after another with the browser, so not last
class DashboardPlaygroundIT {
    private final Browser browser;
    private final MasterProcess master;

    DashboardPlaygroundIT(Cluster cluster, Browser browser) {
        this.browser = browser;
        this.master = cluster.master();
    }

    private static void write(DashboardPage dashboard, String source) {
        Locator editor = dashboard.field("Java source");
        editor.click();
        editor.press("Control+a");
        editor.press("Delete");
        dashboard.page().keyboard().insertText(source);
    }

    private static void awaitCompiled(DashboardPage dashboard) {
        assertThat(dashboard.page().locator(".status")).hasText("It compiles.");
    }

    @Test
    void exampleRunsAndShowsValuesAndPlots() {
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            Page page = dashboard.page();
            dashboard.goTo("playground");
            awaitCompiled(dashboard);
            assertThat(dashboard.field("Function")).hasValue("pi(long)");
            dashboard.field("To, exclusive").fill("5000");
            dashboard.button("Run").click();
            assertThat(page.locator(".output .badge")).hasText("Succeeded");
            DashboardPage.assertText(page.locator(".output .tile.wide"), "3\\.\\d+\\s*mean");
            dashboard.button("Histogram").click();
            assertThat(page.locator(".output .plot canvas")).isVisible();
            dashboard.screenshot("playground");
            dashboard.button("Table").click();
            DashboardPage.assertText(page.locator(".output .pager"), "1–20 of 5,000");

            dashboard.button("Hypot").click();
            assertThat(dashboard.field("Function")).hasValue("hypotenuse(double,double)");
            dashboard.button("Run").click();
            DashboardPage.assertText(page.locator(".output tbody"), "5.*13.*17");

            dashboard.button("Factorization").click();
            assertThat(dashboard.field("Function")).hasValue("factors(long)");
            dashboard.button("Run").click();
            DashboardPage.assertText(page.locator(".output tbody tr").first(), "\\[3,3,3,7,11,13,37,101,9901]");
            dashboard.assertClean();
        }
    }

    @Test
    void pairsAreAScatterPlot() {
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            dashboard.goTo("playground");
            awaitCompiled(dashboard);
            write(
                    dashboard,
                    "record Point(double x, double y) {}\n"
                            + "Point circle(int i) { return new Point(Math.cos(i), Math.sin(i)); }");
            assertThat(dashboard.field("Function")).hasValue("circle(int)");
            dashboard.field("To, exclusive").fill("200");
            dashboard.field("Reduce to one value").fill("");
            dashboard.button("Run").click();
            assertThat(dashboard.button("Scatter")).isVisible();
            assertThat(dashboard.page().locator(".output .plot canvas")).isVisible();
            dashboard.screenshot("playground-scatter");
            dashboard.assertClean();
        }
    }

    @Test
    void diagnosticsAppearInPlaceAsOneStopsTyping() {
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master)) {
            Page page = dashboard.page();
            dashboard.goTo("playground");
            awaitCompiled(dashboard);
            write(dashboard, "long square(long x) {\n    return x * y;\n}");

            DashboardPage.assertText(page.locator(".status"), "1 error: line 2: cannot find symbol");
            Locator mark = page.locator(".cm-lintRange-error");
            assertThat(mark).hasText("y");
            mark.hover();
            assertThat(page.locator(".cm-tooltip-lint")).containsText("cannot find symbol");
            dashboard.screenshot("playground-diagnostics");

            write(dashboard, "long square(long x) {\n    return x * x;\n}");
            awaitCompiled(dashboard);
            assertThat(mark).hasCount(0);
            assertThat(dashboard.field("Function")).hasValue("square(long)");
            dashboard.assertClean();
        }
    }

    @Test
    void sameCallRunsFromTheShell() throws IOException {
        try (DashboardPage dashboard = DashboardPage.signedIn(browser, master);
                Folder home = Folder.create("home")) {
            Page page = dashboard.page();
            dashboard.goTo("playground");
            awaitCompiled(dashboard);
            write(dashboard, "long twice(long x) { return 2 * x; }");
            assertThat(dashboard.field("Function")).hasValue("twice(long)");
            dashboard.field("To, exclusive").fill("4");
            dashboard.field("Reduce to one value").fill("sum");
            page.getByText("Options", new Page.GetByTextOptions().setExact(true))
                    .click();
            dashboard.field("Labels").fill("team=x y");
            dashboard.button("as curl").click();
            String curl = page.locator("main pre code").innerText();
            dashboard.button("as CLI").click();
            String command = page.locator("main pre code").innerText();
            dashboard.button("as Java").click();
            String java = page.locator("main pre code").innerText();
            dashboard.screenshot("playground-java");

            Path data = home.path(".minimalcluster/data");
            Files.createDirectories(data.getParent());
            Files.createSymbolicLink(data, master.data());
            Files.writeString(home.path("Main.java"), "long twice(long x) { return 2 * x; }");
            Files.writeString(home.path("Example.java"), java);
            String inHome = "cd " + home.path(".") + " && export HOME=$PWD && ";
            String runsExample =
                    System.getProperty("java.home") + "/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "
                            + Installation.HOME.resolve("client/target/minimalcluster.jar") + " Example.java";
            assertThat(Command.run("sh", "-ec", inHome + curl)).contains("\"reduced\":12");
            assertThat(Command.run(
                            "sh",
                            "-ec",
                            inHome + "MINIMALCLUSTER_URL=" + master.url() + " MINIMALCLUSTER_AUTHKEY="
                                    + master.read("authkey")
                                    + " JAVA_HOME=" + System.getProperty("java.home") + " "
                                    + command.replace(
                                            "./minimalcluster",
                                            Installation.HOME
                                                    .resolve("minimalcluster")
                                                    .toString())))
                    .contains("12");
            assertThat(Command.run("sh", "-ec", inHome + runsExample)).isEqualTo("12\n");

            dashboard.field("Reduce to one value").fill("");
            assertThat(page.locator("main pre code")).not().containsText("reduce");
            Files.writeString(
                    home.path("Example.java"), page.locator("main pre code").innerText());
            assertThat(Command.run("sh", "-ec", inHome + runsExample)).isEqualTo("0\n2\n4\n6\n");
        }
    }
}
