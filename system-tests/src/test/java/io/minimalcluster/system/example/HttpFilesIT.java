package io.minimalcluster.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Sends the requests of the .http files with httpYac. */
@UseShared(Cluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpFilesIT {
    private static final String CLIENT = "httpyac@6.16.7";
    private static final Path TOOLS = Path.of("target/httpyac").toAbsolutePath();
    private static final Path HTTPYAC = TOOLS.resolve("node_modules/.bin/httpyac");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Pattern TITLE = Pattern.compile("(?m)^### (.*?)(?:: (4\\d\\d))?$");

    private final JsonNode report;

    HttpFilesIT(Cluster cluster) throws IOException {
        installClient();
        try (Folder folder = Folder.create("http")) {
            for (String name : files()) {
                Files.writeString(folder.path(name), read(name));
            }
            Files.writeString(folder.path("http-client.env.json"), read("http-client.env.json"));
            Files.writeString(
                    folder.path("http-client.private.env.json"),
                    "{\"local\":{\"url\":\"%s\",\"key\":\"%s\"}}"
                            .formatted(cluster.master().url(), cluster.master().read("authkey")));
            report = sendAll(folder);
        }
    }

    private static void installClient() throws IOException {
        if (Files.exists(HTTPYAC)) {
            return;
        }
        Files.createDirectories(TOOLS);
        List<String> npm = List.of(
                "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--prefix", TOOLS.toString(), CLIENT);
        try (Program install = Program.start("npm", npm, TOOLS)) {
            assertThat(install.exitCode(TIMEOUT)).as(install.tail()).isZero();
        }
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(Installation.HOME.resolve("http-examples"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".http"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRequestHasTheStatusOfItsTitle(String name) throws IOException {
        assertThat(statuses(name)).as(name).containsExactlyElementsOf(expected(read(name)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyAnswerPassesTheAssertionsOfItsRequest(String name) {
        assertThat(requests(name)).isNotEmpty().allSatisfy(request -> {
            assertThat(request.path("testResults")).as(title(request)).isNotEmpty();
            request.path("testResults")
                    .forEach(test -> assertThat(test.path("status").asString())
                            .as("%s: %s", title(request), test)
                            .isEqualTo("SUCCESS"));
        });
    }

    private static String read(String name) throws IOException {
        return Files.readString(Installation.HOME.resolve("http-examples").resolve(name));
    }

    /** Sends the requests of all files with one start of the client. */
    private static JsonNode sendAll(Folder folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(HTTPYAC.toString(), "send"));
        command.addAll(files());
        command.addAll(List.of("--all", "--env", "local", "--json", "--output", "short", "--timeout", "90000"));
        try (Program client = Program.start("httpyac", command, folder.path("."))) {
            client.exitCode(
                    TIMEOUT); // the exit code is not zero, because the client counts expected 4xx responses as failures
            String output = client.output();
            assertThat(output).as(client.tail()).contains("{");
            return Json.read(output.substring(output.indexOf('{')));
        }
    }

    private static List<String> expected(String text) {
        List<String> expected = new ArrayList<>();
        Matcher titles = TITLE.matcher(text);
        while (titles.find()) {
            expected.add(titles.group(1) + " → " + (titles.group(2) == null ? "2xx" : titles.group(2)));
        }
        return expected;
    }

    private List<String> statuses(String name) {
        return requests(name).stream()
                .map(request -> title(request) + " → " + status(request))
                .toList();
    }

    private List<JsonNode> requests(String name) {
        return report.path("requests")
                .valueStream()
                .filter(request -> request.path("fileName").asString().endsWith(name))
                .toList();
    }

    private static String title(JsonNode request) {
        String title = request.path("title").asString(request.path("name").asString());
        return title.replaceFirst(": 4\\d\\d$", "");
    }

    private static String status(JsonNode request) {
        int status = request.path("response").path("statusCode").asInt();
        return status / 100 == 2 ? "2xx" : Integer.toString(status);
    }
}
