package io.minimalcluster.system.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.minimalcluster.system.harness.Browser;
import io.minimalcluster.system.harness.Browser.Window;
import io.minimalcluster.system.harness.MasterProcess;
import java.util.regex.Pattern;

/** A window with the dashboard of a master. */
final class DashboardPage implements AutoCloseable {
    private final MasterProcess master;
    private final Window window;
    private final Page page;

    private DashboardPage(MasterProcess master, Window window) {
        this.master = master;
        this.window = window;
        this.page = window.page();
    }

    /** Opens the dashboard in a window and signs in with the key of every role. */
    static DashboardPage signedIn(Browser browser, MasterProcess master) {
        DashboardPage dashboard = open(browser.open(), master);
        dashboard.signIn(master.read("authkey"));
        return dashboard;
    }

    /** Opens the dashboard with a clock that {@link #passMinute} turns, and signs in. */
    static DashboardPage withClock(Browser browser, MasterProcess master) {
        Window window = browser.open();
        window.page().clock().install();
        DashboardPage dashboard = open(window, master);
        dashboard.signIn(master.read("authkey"));
        return dashboard;
    }

    /** Opens the dashboard on a phone with dark colours and signs in. */
    static DashboardPage onADarkPhone(Browser browser, MasterProcess master) {
        DashboardPage dashboard = open(browser.open(390, 844, ColorScheme.DARK), master);
        dashboard.signIn(master.read("authkey"));
        return dashboard;
    }

    static DashboardPage open(Window window, MasterProcess master) {
        DashboardPage dashboard = new DashboardPage(master, window);
        dashboard.page.navigate(master.url() + "/");
        return dashboard;
    }

    void signIn(String key) {
        page.getByLabel("Key").fill(key);
        button("Sign in").click();
        PlaywrightAssertions.assertThat(heading("Jobs")).isVisible();
    }

    /** Goes to a page by its path, such as {@code jobs}. */
    void goTo(String path) {
        page.navigate(master.url() + "/#/" + path);
    }

    Page page() {
        return page;
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    /** A field by its label. */
    Locator field(String label) {
        return page.getByLabel(label, new GetByLabelOptions().setExact(true));
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new GetByRoleOptions().setName(name).setExact(true));
    }

    /** A section by the text of its heading. */
    Locator section(String name) {
        return page.getByRole(
                AriaRole.REGION, new GetByRoleOptions().setName(name).setExact(true));
    }

    /** The badge with the state of the shown job. */
    void awaitState(String state) {
        PlaywrightAssertions.assertThat(page.locator(".title .badge")).hasText(state);
    }

    /** Expects a text that matches a regular expression. */
    static void assertText(Locator locator, String regex) {
        PlaywrightAssertions.assertThat(locator).containsText(Pattern.compile(regex, Pattern.DOTALL));
    }

    /** The number of requests so far whose path and query match a regular expression as a whole. */
    long requests(String regex) {
        String start = master.url() + "/api/v1";
        return window.requests().stream()
                .filter(url ->
                        url.startsWith(start) && url.substring(start.length()).matches(regex))
                .count();
    }

    /** The number of bytes of all answers of the API so far. */
    int bytes() {
        return (int) page.evaluate("performance.getEntriesByType('resource')"
                + ".filter(entry => entry.name.includes('/api/v1/'))"
                + ".reduce((sum, entry) => sum + entry.decodedBodySize, 0)");
    }

    /** The number of elements of the page. */
    int elements() {
        return (int) page.evaluate("document.querySelectorAll('*').length");
    }

    /** Lets the timers of a minute run. */
    void passMinute() {
        page.clock().runFor(60_000);
    }

    void screenshot(String name) {
        window.screenshot(name);
    }

    /** Expects that nothing sticks out of the window to the right. */
    void assertFitsTheWidth() {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
    }

    /** Expects no error in the console, which violations of the policy are too, and no request to another host. */
    void assertClean() {
        assertThat(window.consoleErrors()).isEmpty();
        assertThat(window.requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith(master.url().toString()) || url.startsWith("blob:" + master.url()));
    }

    @Override
    public void close() {
        window.close();
    }
}
