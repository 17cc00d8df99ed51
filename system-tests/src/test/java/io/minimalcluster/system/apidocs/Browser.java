package io.minimalcluster.system.apidocs;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A headless browser that is controlled through the Chrome DevTools Protocol. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final Path MACOS_PATH = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox", // tests may run as root
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--disable-sync",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--remote-debugging-port=0");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Folder folder = Folder.create("browser");
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final List<String> consoleErrors = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private Browser() {
        Path profile = folder.path("profile");
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<String> command = new ArrayList<>(List.of(program()));
            command.addAll(FLAGS);
            command.add("--user-data-dir=" + profile);
            command.add("about:blank");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.path("log").toFile())
                    .start();
            Path port = profile.resolve("DevToolsActivePort");
            String line = Await.found("the browser", TIMEOUT, () -> firstLine(port));
            URI list = URI.create("http://127.0.0.1:" + line + "/json/list");
            JsonNode page = Await.found("a page", TIMEOUT, () -> page(http, list));
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(page.path("webSocketDebuggerUrl").asString()), new Listener())
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Browser start() {
        Browser browser = new Browser();
        for (String domain : List.of("Runtime", "Log", "Network", "Page")) {
            browser.call(domain + ".enable", "{}");
        }
        return browser;
    }

    private static String program() {
        String path = System.getenv().getOrDefault("PATH", "");
        Stream<Path> onPath = NAMES.stream()
                .flatMap(name ->
                        Stream.of(path.split(File.pathSeparator, -1)).map(directory -> Path.of(directory, name)));
        return Stream.concat(onPath, Stream.of(MACOS_PATH))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> new AssertionError(
                        "this test needs a browser: apt-get install chromium, or let ./minimalcluster test do it"));
    }

    private static Optional<String> firstLine(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).lines().findFirst() : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> page(HttpClient http, URI list) {
        try {
            byte[] body = http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofByteArray())
                    .body();
            for (JsonNode target : Json.read(body)) {
                if (target.path("type").asString().equals("page")) {
                    return Optional.of(target);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void goTo(URI page) {
        call("Page.navigate", "{\"url\":" + Json.write(page.toString()) + "}");
    }

    /** Evaluates a JavaScript expression in the page. */
    JsonNode evaluate(String expression) {
        return call(
                        "Runtime.evaluate",
                        "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":" + Json.write(expression) + "}")
                .path("result")
                .path("value");
    }

    /** Waits until a JavaScript expression is truthy. */
    void await(String expression) {
        Await.until(
                "in the page: " + expression,
                () -> evaluate("!!(" + expression + ")").asBoolean(false));
    }

    /** Waits for an element and clicks it. */
    void click(String selector) {
        String element = "document.querySelector(" + Json.write(selector) + ")";
        await(element);
        evaluate(element + ".click()");
    }

    /** Fills in an input field and fires an input event. */
    void type(String selector, String text) {
        String element = "document.querySelector(" + Json.write(selector) + ")";
        await(element);
        evaluate("(e => { Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, "
                + Json.write(text) + "); e.dispatchEvent(new Event('input', {bubbles: true})); })(" + element + ")");
    }

    /** The errors of the console: failed scripts and violations of the content security policy. */
    List<String> consoleErrors() {
        return List.copyOf(consoleErrors);
    }

    /** The URLs of all requests. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private JsonNode call(String method, String parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> response = new CompletableFuture<>();
        pending.put(id, response);
        socket.sendText("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
                .join();
        try {
            return response.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(method, e);
        }
    }

    private void handleMessage(JsonNode message) {
        JsonNode parameters = message.path("params");
        switch (message.path("method").asString("")) {
            case "Network.requestWillBeSent" ->
                requests.add(parameters.path("request").path("url").asString());
            case "Runtime.exceptionThrown" -> consoleErrors.add(parameters.toString());
            case "Log.entryAdded" -> {
                if (parameters.path("entry").path("level").asString().equals("error")) {
                    consoleErrors.add(parameters.path("entry").path("text").asString());
                }
            }
            default -> {
                CompletableFuture<JsonNode> response =
                        pending.remove(message.path("id").asInt(0));
                if (response != null) {
                    response.complete(message.path("result"));
                }
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                handleMessage(Json.read(message.toString()));
                message.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        folder.close();
    }
}
