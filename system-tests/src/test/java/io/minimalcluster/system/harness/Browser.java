package io.minimalcluster.system.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A headless Chromium of this machine, driven by Playwright. One thread at a time may use it. */
public final class Browser implements AutoCloseable {
    /** Screenshots of the test run. */
    public static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final Path MACOS_PATH = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox", // tests may run as root
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser() {
        playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(program()).setArgs(FLAGS));
        PlaywrightAssertions.setDefaultAssertionTimeout((double) TIMEOUT.toMillis());
    }

    static Browser start() {
        return new Browser();
    }

    private static Path program() {
        String path = System.getenv().getOrDefault("PATH", "");
        Stream<Path> onPath = NAMES.stream()
                .flatMap(name ->
                        Stream.of(path.split(File.pathSeparator, -1)).map(directory -> Path.of(directory, name)));
        return Stream.concat(onPath, Stream.of(MACOS_PATH))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "this test needs a browser: apt-get install chromium, or let ./minimalcluster test do it"));
    }

    /** Opens a window of a new browser profile. */
    public Window open() {
        return open(1280, 900, ColorScheme.LIGHT);
    }

    /** Opens a window of a new browser profile with a size in pixels. */
    public Window open(int width, int height, ColorScheme colors) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(colors)
                .setAcceptDownloads(true));
        context.setDefaultTimeout((double) TIMEOUT.toMillis());
        return new Window(context);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** A window, with a record of its requests and of the errors in its console. */
    public static final class Window implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final List<String> consoleErrors = new CopyOnWriteArrayList<>();
        private final List<String> requests = new CopyOnWriteArrayList<>();

        private Window(BrowserContext context) {
            this.context = context;
            page = context.newPage();
            page.onConsoleMessage(this::record);
            page.onPageError(consoleErrors::add);
            page.onRequest(this::record);
        }

        private void record(ConsoleMessage message) {
            if (message.type().equals("error")) {
                consoleErrors.add(message.text());
            }
        }

        private void record(Request request) {
            requests.add(request.url());
        }

        public Page page() {
            return page;
        }

        /** The errors of the console: failed scripts, failed requests and violations of the content security policy. */
        public List<String> consoleErrors() {
            return List.copyOf(consoleErrors);
        }

        /** The URLs of all requests. */
        public List<String> requests() {
            return List.copyOf(requests);
        }

        /** Keeps a picture of the whole page in {@link #SCREENSHOTS}. */
        public void screenshot(String name) {
            page.screenshot(new ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve(name + ".png"))
                    .setFullPage(true));
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
