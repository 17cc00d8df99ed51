package io.minimalcluster.system.apidocs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.UseShared;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Generates clients from the OpenAPI document with openapi-generator, compiles them, and runs jobs with them. */
@UseShared(value = Cluster.class, cluster = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedClientsIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path OUTPUT = TARGET.resolve("generated-clients");
    private static final Path DOCUMENT = OUTPUT.resolve("openapi.json");
    private static final Path PROGRAMS =
            Path.of("src/test/resources/generated-clients").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final String ANSWERS = """
            square(long)
            SUCCEEDED 3 10%
            [1, 4, 9000000006000000001]
            9000000006000000001
            succeeded
            SUCCEEDED [0, 0, 1, 1]
            1
            1
            404
            """;

    private static final String JAVA_OPTIONS = """
            "library":"native","invokerPackage":"generated","apiPackage":"generated.api",\
            "modelPackage":"generated.model","additionalProperties":{"useJackson3":"true",\
            "openApiNullable":"false","useJakartaEe":"true","hideGenerationTimestamp":"true"}""";
    private static final String PYTHON_OPTIONS = "\"packageName\":\"generated\"";
    private static final List<String> SHORT_LIVED = List.of(JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final String url;
    private final String key;

    GeneratedClientsIT(Cluster cluster) throws IOException {
        this.url = cluster.master().url().toString();
        this.key = cluster.master().read("authkey");
        Files.createDirectories(OUTPUT);
        Files.write(
                DOCUMENT,
                cluster.api()
                        .withoutKey()
                        .send("GET", "/v3/api-docs", Map.of(), BodyPublishers.noBody())
                        .expect(200)
                        .text()
                        .getBytes(UTF_8));
        generate();
    }

    private static String run(String name, List<String> command) {
        try (Program program = Program.start(name, command, OUTPUT)) {
            assertThat(program.exitCode(TIMEOUT)).as(program.tail()).isZero();
            return program.output();
        }
    }

    private static String generator(String... arguments) {
        List<String> command = new ArrayList<>(SHORT_LIVED);
        command.addAll(List.of(
                "-jar", TARGET.resolve("generator/openapi-generator-cli.jar").toString()));
        command.addAll(List.of(arguments));
        return run("openapi-generator", command);
    }

    /** Generates the clients without their documentation and tests, in one process. */
    private static void generate() throws IOException {
        List<String> command = new ArrayList<>(List.of("batch", "--threads", "1"));
        for (Map.Entry<String, String> client :
                Map.of("java", JAVA_OPTIONS, "python", PYTHON_OPTIONS).entrySet()) {
            Path options = OUTPUT.resolve(client.getKey() + ".json");
            Files.writeString(options, """
                    {"generatorName":"%1$s","inputSpec":%2$s,"outputDir":%3$s,%4$s,"globalProperties":\
                    {"apiDocs":"false","modelDocs":"false","apiTests":"false","modelTests":"false"}}
                    """.formatted(
                            client.getKey(),
                            Json.write(DOCUMENT.toString()),
                            Json.write(folder(client.getKey()).toString()),
                            client.getValue()));
            command.add(options.toString());
        }
        generator(command.toArray(String[]::new));
    }

    private static Path folder(String language) {
        return OUTPUT.resolve(language);
    }

    @Test
    void documentIsValid() {
        assertThat(generator("validate", "--input-spec", DOCUMENT.toString(), "--recommend"))
                .contains("No validation issues detected.")
                .doesNotContain("Warnings", "Errors");
    }

    @Test
    void javaClientRunsAJob() throws IOException {
        Path classes = Files.createDirectories(OUTPUT.resolve("classes"));
        String libraries = Stream.of(
                        jars("libraries"), Stream.of(TARGET.resolve("generator/jakarta.annotation-api.jar")))
                .flatMap(each -> each)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));

        compile(Stream.concat(sources(folder("java")), sources(PROGRAMS)).toList(), libraries, classes);

        String classPath = classes + File.pathSeparator + libraries;
        List<String> command = new ArrayList<>(SHORT_LIVED);
        command.addAll(List.of("-cp", classPath, "UseJavaClient", url, key));
        assertThat(run("java-client", command)).isEqualTo(ANSWERS);
    }

    private static Stream<Path> jars(String folder) throws IOException {
        return files(TARGET.resolve(folder), ".jar");
    }

    private static Stream<Path> sources(Path folder) throws IOException {
        return files(folder, ".java");
    }

    private static Stream<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(suffix)).toList().stream();
        }
    }

    private static void compile(List<Path> sources, String classPath, Path classes) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, UTF_8)) {
            boolean isCompiled = compiler.getTask(
                            null,
                            files,
                            diagnostics,
                            List.of("-proc:none", "-nowarn", "-cp", classPath, "-d", classes.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(isCompiled).as(diagnostics.getDiagnostics().toString()).isTrue();
        }
    }

    @Test
    void pythonClientRunsAJob() {
        Path client = folder("python");
        String python = python(client);

        run(
                "compileall",
                List.of(
                        python,
                        "-m",
                        "compileall",
                        "-q",
                        client.resolve("generated").toString()));

        List<String> command = List.of(
                "env",
                "PYTHONPATH=" + client,
                python,
                PROGRAMS.resolve("use_python_client.py").toString(),
                url,
                key);
        assertThat(run("python-client", command)).isEqualTo(ANSWERS);
    }

    /**
     * A Python with the libraries of generated clients: the installed one if it has them, else a virtual environment.
     */
    private static String python(Path client) {
        try (Program check = Program.start(
                "python",
                List.of("python3", "-c", "import pydantic, urllib3, dateutil, typing_extensions; pydantic.TypeAdapter"),
                OUTPUT)) {
            if (check.exitCode(TIMEOUT) == 0) {
                return "python3";
            }
        }
        Path environment = TARGET.resolve("python");
        String python = environment.resolve("bin/python").toString();
        if (!Files.exists(environment.resolve("installed"))) {
            run("venv", List.of("python3", "-m", "venv", environment.toString()));
            run(
                    "pip-needs-a-package-index-or-an-installed-pydantic-2",
                    List.of(
                            python,
                            "-m",
                            "pip",
                            "install",
                            "--quiet",
                            "--requirement",
                            client.resolve("requirements.txt").toString()));
            run("touch", List.of("touch", environment.resolve("installed").toString()));
        }
        return python;
    }
}
