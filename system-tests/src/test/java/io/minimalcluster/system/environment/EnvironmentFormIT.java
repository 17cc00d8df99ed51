package io.minimalcluster.system.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Form;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests {@code POST /environments} with a multipart form: sources in packages, libraries and resources. */
@UseShared({Cluster.class, QuietMaster.class})
class EnvironmentFormIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    private final QuietMaster quiet;
    private final Api alice;
    private final Api cluster;

    EnvironmentFormIT(QuietMaster quiet, Cluster cluster) {
        this.quiet = quiet;
        this.alice = quiet.alice();
        this.cluster = cluster.api();
    }

    private static byte[] jar(String entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static Form withJackson(String source) throws IOException {
        Form form = new Form().file("source", "Main.java", source);
        try (Stream<Path> jars = Files.list(Path.of("target", "libraries"))) {
            for (Path jar : jars.toList()) {
                form.file("library", "lib/" + jar.getFileName(), Files.readAllBytes(jar));
            }
        }
        return form;
    }

    private String run(Form form, String method, String args) {
        String id = form.post(cluster, "/environments").json().path("id").asString();
        String job = cluster.submit(id, method, args, "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        return cluster.values(job);
    }

    @Test
    void sourcesInPackagesAreCompiledTogether() {
        Form form = new Form()
                .file(
                        "source",
                        "com/acme/Twice.java",
                        "package com.acme; public class Twice { public static int of(int x) { return 2 * x; } }")
                .file("source", "Main.java", "int four(int x) { return com.acme.Twice.of(com.acme.Twice.of(x)); }");

        assertThat(run(form, "four(int)", "[1,2]")).isEqualTo("[4,8]");
    }

    @Test
    void tasksReadResources() {
        Form form = new Form().file("source", "Main.java", """
                        String line(String name) throws Exception {
                            try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
                                return in == null ? "none" : new String(in.readAllBytes(), "UTF-8");
                            }
                        }
                        String own(String name) throws Exception {
                            try (var in = getClass().getResourceAsStream(name)) {
                                return in == null ? "none" : new String(in.readAllBytes(), "UTF-8");
                            }
                        }
                        """).file("resource", "data/words.txt", "älpha");

        assertThat(run(form, "line", "[\"data/words.txt\",\"data/none.txt\"]")).isEqualTo("[\"älpha\",\"none\"]");
        assertThat(run(form, "own", "[\"/data/words.txt\"]")).isEqualTo("[\"älpha\"]");
    }

    @Test
    void environmentUsesItsOwnVersionOfJackson() throws IOException {
        Form form = withJackson("""
                import tools.jackson.databind.json.JsonMapper;
                String version(int x) { return new JsonMapper().version().toString(); }
                String roundTrip(String json) { return new JsonMapper().readTree(json).toString(); }
                """);
        String version = tools.jackson.databind.cfg.PackageVersion.VERSION.toString();

        assertThat(run(form, "version", "[0]")).isEqualTo("[\"3.1.4\"]").isNotEqualTo("[\"" + version + "\"]");
        assertThat(run(form, "roundTrip", "[\"[1, 2]\"]")).isEqualTo("[\"[1,2]\"]");
    }

    @Test
    void librariesOfTheExecutorAreInvisible() {
        String names = "[\"tools.jackson.core.JsonFactory\",\"io.minimalcluster.task.TaskRuntime\","
                + "\"com.fasterxml.jackson.annotation.JsonProperty\"]";

        assertThat(cluster.run("""
                boolean sees(String name) {
                    try {
                        Class.forName(name, false, Thread.currentThread().getContextClassLoader());
                        return true;
                    } catch (ClassNotFoundException e) {
                        return false;
                    }
                }
                """, "sees", names)).isEqualTo("[false,false,false]");
    }

    @Test
    void sourcesAreShownWithNamesOfLibrariesAndResources() throws IOException {
        byte[] jar = jar("a.txt", "a".getBytes(UTF_8));
        String id = new Form()
                .field("name", "shown")
                .file("resource", "b.txt", "bbb")
                .file("library", "lib/a.jar", jar)
                .file("source", "Main.java", SQUARE)
                .post(alice, "/environments")
                .expect(201)
                .json()
                .path("id")
                .asString();

        JsonNode content =
                alice.get("/environments/" + id + "/sources").expect(200).json();

        assertThat(alice.get("/environments/" + id).json().path("name").asString())
                .isEqualTo("shown");
        assertThat(content.path("sources").path("Main.java").asString()).isEqualTo(SQUARE);
        JsonNode library = content.path("libraries").get(0);
        assertThat(library.path("name").asString()).isEqualTo("lib/a.jar");
        assertThat(library.path("bytes").asInt()).isEqualTo(jar.length);
        assertThat(library.path("sha256").asString()).hasSize(64);
        assertThat(content.path("resources").get(0).path("name").asString()).isEqualTo("b.txt");
        quiet.bob().get("/environments/" + id + "/sources").problem(404, "not-found");
    }

    @Test
    void digestCoversSourcesLibrariesAndResources() throws IOException {
        byte[] jar = jar("a.txt", "a".getBytes(UTF_8));
        List<Form> forms = List.of(
                new Form().file("source", "Main.java", SQUARE),
                new Form().file("source", "Main.java", SQUARE).file("resource", "a", "1"),
                new Form().file("source", "Main.java", SQUARE).file("resource", "a", "2"),
                new Form().file("source", "Main.java", SQUARE).file("resource", "b", "1"),
                new Form().file("source", "Main.java", SQUARE).file("library", "a.jar", jar),
                new Form().file("source", "Main.java", SQUARE).file("library", "b.jar", jar),
                new Form().file("source", "Main.java", SQUARE).file("library", "a.jar", jar("a.txt", new byte[1])));

        assertThat(forms.stream()
                        .map(form -> form.post(alice, "/environments")
                                .json()
                                .path("id")
                                .asString()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("env-"));
        String again = new Form()
                .file("library", "a.jar", jar)
                .file("source", "Main.java", SQUARE)
                .post(alice, "/environments")
                .expect(200)
                .json()
                .path("id")
                .asString();
        assertThat(again)
                .isEqualTo(forms.get(4)
                        .post(alice, "/environments")
                        .json()
                        .path("id")
                        .asString());
    }

    @Test
    void sameSourceIsTheSameEnvironmentInEachFormat() {
        String source = "public class Named { public static int seven() { return 7; } }";
        String raw = alice.load(source);

        Response asForm = new Form().file("source", "Named.java", source).post(alice, "/environments");
        Response asField = new Form().field("source", source).post(alice, "/environments");

        assertThat(asForm.expect(200).json().path("id").asString()).isEqualTo(raw);
        assertThat(asField.expect(200).json().path("id").asString()).isEqualTo(raw);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public class Pi { public static int f() { return 1; } }|Pi.java",
                "package com.acme; class Other {} public record Point(int x) {}|Point.java",
                "/* public class No {} */ int g(int x) { return x; }|Main.java"
            })
    void rawSourceIsNamedAfterItsPublicClass(String source, String name) {
        String id = alice.load(source);

        assertThat(alice.get("/environments/" + id + "/sources")
                        .json()
                        .path("sources")
                        .propertyNames())
                .containsExactly(name);
    }

    @Test
    void checkOfAFormStoresNothing() {
        Form form = new Form()
                .file("source", "Main.java", "int checkedForm() { return 7; }")
                .file("resource", "a", "1");

        Response checked = form.post(alice, "/environments?check=true");

        assertThat(checked.expect(200).json().path("functions")).hasSize(1);
        form.post(alice, "/environments").expect(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../A.java",
                "/A.java",
                "C:\\A.java",
                "a/../A.java",
                "@args.java",
                "-J-Xmx.java",
                "module-info.java",
                "A.txt",
                "A\0.java",
                ""
            })
    void invalidSourceNameIsRejected(String name) {
        refused(new Form().file("source", name, "class A {}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"package java.lang; class A {}", "package io.minimalcluster.task; class A {}", "module a {}"})
    void reservedPackageIsRejected(String source) {
        assertThat(refused(new Form().file("source", "A.java", source))).isEqualTo("A.java");
    }

    @Test
    void pathThatContradictsThePackageIsRejected() {
        assertThat(refused(new Form().file("source", "com/acme/A.java", "package com.other; class A {}")))
                .isEqualTo("com/acme/A.java");
    }

    @Test
    void namesThatDifferOnlyInCaseAreRejected() {
        Form form = new Form().file("source", "A.java", "class A {}").file("source", "a.java", "class a {}");
        assertThat(refused(form)).isEqualToIgnoringCase("a.java");
    }

    @Test
    void duplicateNameIsRejected() {
        Form form = new Form().file("source", "A.java", "class A {}").file("source", "A.java", "class A {}");
        assertThat(refused(form)).isEqualTo("A.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.txt", "/a.txt", "java/lang/A.class", "io/minimalcluster/A.class", "a\\b.txt"})
    void libraryWithInvalidEntryIsRejected(String entry) throws IOException {
        Form form = new Form().field("source", SQUARE).file("library", "a.jar", jar(entry, new byte[9]));
        assertThat(refused(form)).isEqualTo("a.jar");
    }

    @Test
    void zipBombAndInvalidJarAreRejected() throws IOException {
        byte[] bomb = jar("zeros", new byte[300 << 20]);
        byte[] whole = jar("a.txt", "content".getBytes(UTF_8));

        assertThat(refused(new Form().field("source", SQUARE).file("library", "bomb.jar", bomb)))
                .isEqualTo("bomb.jar");
        refused(new Form().field("source", SQUARE).file("library", "a.jar", Arrays.copyOf(whole, whole.length - 9)));
        refused(new Form().field("source", SQUARE).file("library", "a.jar", "text"));
        refused(new Form().field("source", SQUARE).file("library", "a.zip", whole));
    }

    /** Posts a form that must be rejected, and checks that nothing is stored. Returns the name of the rejected file. */
    private String refused(Form form) {
        String before = alice.get("/environments?limit=1").json().path("items").toString();
        String file = form.post(alice, "/environments")
                .problem(422, "bad-file")
                .path("file")
                .asString();
        assertThat(alice.get("/environments?limit=1").json().path("items").toString())
                .isEqualTo(before);
        return file;
    }

    @Test
    void invalidFormIsRejected() {
        new Form().post(alice, "/environments").problem(400, "malformed-request");
        new Form().file("resource", "a", "1").post(alice, "/environments").problem(400, "malformed-request");
        JsonNode problem = new Form()
                .file("source", "Main.java", SQUARE)
                .field("sauce", "1")
                .post(alice, "/environments")
                .problem(400, "malformed-request");
        assertThat(problem.path("field").asString()).isEqualTo("sauce");
        alice.post("/environments", "multipart/form-data; boundary=a", "--a\r\nContent-Disposition: form-da")
                .problem(400, "malformed-request");
        alice.post("/environments", "multipart/form-data", "").problem(400, "malformed-request");
    }

    @Test
    void formOverTheLimitsIsRejected() {
        new Form()
                .file("source", "Main.java", "/*" + "x".repeat(70_000) + "*/")
                .post(alice, "/environments")
                .problem(413, "payload-too-large");
        new Form()
                .field("source", SQUARE)
                .file("resource", "a", "x".repeat(QuietMaster.REQUEST_BYTES))
                .post(alice, "/environments")
                .problem(413, "payload-too-large");
        Form many = new Form().field("source", SQUARE);
        for (int i = 0; i < 1001; i++) {
            many.file("resource", i + ".txt", "");
        }
        many.post(alice, "/environments").problem(422, "bad-file");
    }

    @Test
    void diagnosticsNameThePathOfTheSource() {
        JsonNode problem = new Form()
                .file("source", "com/acme/A.java", "package com.acme; class A { int f() { return missing; } }")
                .post(alice, "/environments")
                .problem(422, "compilation-failed");
        assertThat(problem.path("diagnostics").get(0).path("source").asString()).isEqualTo("com/acme/A.java");
    }
}
