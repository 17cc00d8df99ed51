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

/** A real browser without a window, driven by its own debugging protocol. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final Path ON_A_MAC = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
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
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Folder folder = Folder.create("browser");
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
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
            String line = Await.found("the browser", PATIENCE, () -> firstLine(port));
            URI list = URI.create("http://127.0.0.1:" + line + "/json/list");
            JsonNode page = Await.found("a page", PATIENCE, () -> page(http, list));
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(page.path("webSocketDebuggerUrl").asString()), new Listener())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Browser start() {
        Browser browser = new Browser();
        for (String domain : List.of("Runtime", "Log", "Network", "Page")) {
            browser.ask(domain + ".enable", "{}");
        }
        return browser;
    }

    private static String program() {
        String path = System.getenv().getOrDefault("PATH", "");
        Stream<Path> onPath = NAMES.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1)).map(each -> Path.of(each, name)));
        return Stream.concat(onPath, Stream.of(ON_A_MAC))
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
        ask("Page.navigate", "{\"url\":" + Json.write(page.toString()) + "}");
    }

    /** What an expression in the page gives. */
    JsonNode evaluate(String expression) {
        return ask(
                        "Runtime.evaluate",
                        "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":" + Json.write(expression) + "}")
                .path("result")
                .path("value");
    }

    /** Waits until an expression in the page is true. */
    void await(String expression) {
        Await.until(
                "in the page: " + expression,
                () -> evaluate("!!(" + expression + ")").asBoolean(false));
    }

    /** Waits for an element, and clicks it. */
    void click(String selector) {
        String element = "document.querySelector(" + Json.write(selector) + ")";
        await(element);
        evaluate(element + ".click()");
    }

    /** Fills in a field, as typing would. */
    void type(String selector, String text) {
        String element = "document.querySelector(" + Json.write(selector) + ")";
        await(element);
        evaluate("(e => { Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, "
                + Json.write(text) + "); e.dispatchEvent(new Event('input', {bubbles: true})); })(" + element + ")");
    }

    /** Errors in its console: scripts that failed, and what a policy forbade. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Where it has sent requests to. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private JsonNode ask(String method, String parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        socket.sendText("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
                .join();
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(method, e);
        }
    }

    private void take(JsonNode message) {
        JsonNode parameters = message.path("params");
        switch (message.path("method").asString("")) {
            case "Network.requestWillBeSent" ->
                requests.add(parameters.path("request").path("url").asString());
            case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
            case "Log.entryAdded" -> {
                if (parameters.path("entry").path("level").asString().equals("error")) {
                    complaints.add(parameters.path("entry").path("text").asString());
                }
            }
            default -> {
                CompletableFuture<JsonNode> waiting =
                        pending.remove(message.path("id").asInt(0));
                if (waiting != null) {
                    waiting.complete(message.path("result"));
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
                take(Json.read(message.toString()));
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
