package io.minimalcluster.task.compile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.frame.CompileRejection;
import io.minimalcluster.task.frame.CompileRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibrariesTest {
    private static final String USER = "long twice(long x) { return com.lib.Lib.twice(x); }";

    @TempDir
    Path folder;

    private CompileRequest.Library library(String name, byte[] jar) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "library", null), jar);
        return new CompileRequest.Library(name, file.toString());
    }

    private CompileRequest.Library compiled(String name, String source) throws IOException {
        return new CompileRequest.Library(
                name, TestBundles.write(folder, Map.of("Lib.java", source)).toString());
    }

    private static Compilation.Result compile(String source, CompileRequest.Library... libraries) {
        return new Compilation(new Javac())
                .of(new CompileRequest(Map.of("Main.java", source), List.of(libraries), List.of()));
    }

    private static List<String> signatures(Compilation.Result result) {
        assertThat(result).isInstanceOf(Compilation.Result.Bundled.class);
        return ((Compilation.Result.Bundled) result)
                .compiled().functions().stream().map(TargetFunction::signature).toList();
    }

    private static CompileRejection rejected(Compilation.Result result) {
        assertThat(result).isInstanceOf(Compilation.Result.Refused.class);
        return ((Compilation.Result.Refused) result).rejected();
    }

    private CompileRejection refused(byte[] jar) throws IOException {
        CompileRejection rejected = rejected(compile("int f(int x) { return x; }", library("bad.jar", jar)));
        assertThat(rejected.badFile()).isEqualTo("bad.jar");
        return rejected;
    }

    private static byte[] jar(String entry) throws IOException {
        return TestJars.of(Map.of(entry, "content of some length, which is compressed".getBytes(UTF_8)));
    }

    @Test
    void sourceUsesALibrary() throws IOException {
        CompileRequest.Library lib = compiled(
                "lib/lib-1.0.jar",
                "package com.lib; public class Lib { public static long twice(long x) { return 2 * x; } }");

        assertThat(signatures(compile(USER, lib))).containsExactly("twice(long)");
    }

    @Test
    void parameterTypeMayBeOfALibrary() throws IOException {
        CompileRequest.Library lib = compiled("lib.jar", "package com.lib; public record Lib(int x) {}");

        assertThat(signatures(compile("int f(com.lib.Lib lib) { return lib.x(); }", lib)))
                .containsExactly("f(com.lib.Lib)");
    }

    @Test
    void functionsOfALibraryAreNoTargetFunctions() throws IOException {
        CompileRequest.Library lib = compiled(
                "lib.jar", "package com.lib; public class Lib { public static long twice(long x) { return x; } }");

        assertThat(signatures(compile("int f(int x) { return x; }", lib))).containsExactly("f(int)");
    }

    @Test
    void missingLibraryIsACompilationError() {
        assertThat(rejected(compile(USER)).diagnostics()).isNotEmpty();
    }

    @Test
    void firstOfTwoClassesWithTheSameNameWins() throws IOException {
        CompileRequest.Library first = compiled("a.jar", "package com.lib; public record Lib(int x) {}");
        CompileRequest.Library second = compiled("b.jar", "package com.lib; public record Lib(String y) {}");

        assertThat(signatures(compile("int f(com.lib.Lib lib) { return lib.x(); }", first, second)))
                .hasSize(1);
    }

    @Test
    void multiReleaseJarUsesTheVersionOfThisJava() throws IOException {
        byte[] old = Files.readAllBytes(Path.of(
                compiled("a", "package com.lib; public record Lib(int old) {}").file()));
        byte[] recent = Files.readAllBytes(Path.of(compiled("a", "package com.lib; public record Lib(int recent) {}")
                .file()));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n".getBytes(UTF_8));
        entries.put("com/lib/Lib.class", entry(old));
        entries.put("META-INF/versions/21/com/lib/Lib.class", entry(recent));

        assertThat(signatures(compile(
                        "int f(com.lib.Lib lib) { return lib.recent(); }", library("m.jar", TestJars.of(entries)))))
                .hasSize(1);
    }

    private static byte[] entry(byte[] jar) throws IOException {
        try (var in = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(jar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals("com/lib/Lib.class")) {
                    return in.readAllBytes();
                }
            }
        }
        throw new AssertionError("no class");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out.txt",
                "a/../../out.txt",
                "/etc/passwd",
                "C:/windows.txt",
                "a\\..\\b.txt",
                "java/lang/Evil.class",
                "jdk/internal/Evil.class",
                "io/minimalcluster/worker/Worker.class",
                "META-INF/versions/11/java/lang/Evil.class"
            })
    void jarWithAForbiddenEntryIsRejected(String entry) throws IOException {
        assertThat(refused(jar(entry)).reason()).contains(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javax/inject/X.class",
                "io/minimalcluster/client/Cluster.class",
                "io/minimalcluster/task/TaskRuntime.class"
            })
    void classesOfJavaxAndOfTheClientAreAllowed(String entry) throws IOException {
        assertThat(signatures(compile("int f(int x) { return x; }", library("library.jar", jar(entry)))))
                .hasSize(1);
    }

    @Test
    void invalidJarIsRejected() throws IOException {
        refused("hello".getBytes(UTF_8));
        refused(new byte[0]);
    }

    @Test
    void truncatedJarIsRejected() throws IOException {
        byte[] whole = jar("a.txt");
        for (int length : IntStream.range(1, whole.length).toArray()) {
            refused(Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0120777, 0060644, 0020644, 0010644, 0140755})
    void jarWithASpecialFileIsRejected(int mode) throws IOException {
        assertThat(refused(TestJars.withMode(jar("a.txt"), mode)).reason()).contains("link");
    }

    @ParameterizedTest
    @ValueSource(ints = {0177777, 0, 0644, 0100644, 0040755, 0170000, 0050000})
    void modesThatArchiversLeaveAreAccepted(int mode) throws IOException {
        signatures(compile("int f(int x) { return x; }", library("a.jar", TestJars.withMode(jar("a.txt"), mode))));
        byte[] folder = TestJars.of(Map.of("META-INF/", new byte[0]));
        signatures(compile("int f(int x) { return x; }", library("b.jar", TestJars.withMode(folder, mode))));
    }

    @Test
    void zip64JarIsAccepted() throws IOException {
        byte[] jar = Files.readAllBytes(Path.of(
                compiled("a", "package com.lib; public class Lib { public static long twice(long x) { return x; } }")
                        .file()));

        assertThat(signatures(compile(USER, library("lib.jar", TestJars.zip64(jar)))))
                .containsExactly("twice(long)");
    }

    @Test
    void specialFileInAZip64JarIsRejected() throws IOException {
        assertThat(refused(TestJars.zip64(TestJars.withMode(jar("a.txt"), 0120777)))
                        .reason())
                .contains("link");
    }

    @Test
    void repeatedEntryOfMetaInfIsAccepted() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/LICENSE", new byte[1]);
        entries.put("META-INF/LICENS2", new byte[2]);
        byte[] jar = TestJars.replaced(TestJars.of(entries), "LICENS2", "LICENSE");

        assertThat(signatures(compile("int f(int x) { return x; }", library("lib.jar", jar))))
                .hasSize(1);
    }

    @Test
    void annotationProcessorIsReported() throws IOException {
        byte[] jar = jar("META-INF/services/javax.annotation.processing.Processor");
        Compilation.Result result = compile("int f(int x) { return x; }", library("lombok.jar", jar));

        assertThat(((Compilation.Result.Bundled) result).compiled().warnings())
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.source()).isEqualTo("lombok.jar");
                    assertThat(note.code()).isEqualTo("minimalcluster.annotation-processor");
                });
        assertThat(rejected(compile("int f() { return no; }", library("lombok.jar", jar)))
                        .diagnostics())
                .extracting(Diagnostic::code)
                .contains("minimalcluster.annotation-processor");
    }

    /** Jars as they are published: signed, for several Java versions, with a module, of an old archiver. */
    @Test
    void publishedJarsAreAccepted() throws IOException {
        Path repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(repository)) {
            for (Predicate<JarFile> property : PUBLISHED) {
                try (Stream<Path> files = Files.walk(repository)) {
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .filter(file -> matches(file, property))
                            .limit(2)
                            .forEach(jars::add);
                }
            }
        }
        for (Path jar : jars) {
            CompileRequest.Library library = new CompileRequest.Library("lib.jar", jar.toString());
            assertThat(compile("int f(int x) { return x; }", library))
                    .as(jar.toString())
                    .isInstanceOf(Compilation.Result.Bundled.class);
        }
    }

    private static final List<Predicate<JarFile>> PUBLISHED = List.of(
            JarFile::isMultiRelease,
            jar -> jar.getEntry("module-info.class") != null,
            jar -> jar.stream().anyMatch(entry -> entry.getName().matches("META-INF/[^/]*\\.(RSA|DSA|EC)")),
            jar -> jar.getName().contains("javax.annotation-api"));

    private static boolean matches(Path file, Predicate<JarFile> property) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return property.test(jar);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void wrongUncompressedSizeIsRejected() throws IOException {
        refused(TestJars.wrongSize(jar("a.txt")));
    }

    @Test
    void wrongChecksumIsRejected() throws IOException {
        byte[] jar = Files.readAllBytes(TestBundles.write(folder, "String marker() { return \"marker\"; }"));

        assertThat(refused(TestJars.replaced(jar, "marker", "markup")).reason()).contains("directory");
    }

    @Test
    void duplicateEntryIsRejected() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a.txt", new byte[1]);
        entries.put("b.txt", new byte[1]);

        refused(TestJars.replaced(TestJars.of(entries), "b.txt", "a.txt"));
    }

    @Test
    void zipBombIsRejected() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        byte[] zeros = new byte[32 << 20];
        IntStream.range(0, 9).forEach(i -> entries.put(i + ".bin", zeros));

        assertThat(refused(TestJars.of(entries)).reason()).contains("uncompressed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lib.zip", "../lib.jar", "/lib.jar", "C:\\lib.jar", "-J-Xmx.jar", "@args.jar", "a\0.jar", ""})
    void invalidLibraryNameIsRejected(String name) throws IOException {
        CompileRejection rejected = rejected(compile("int f(int x) { return x; }", library(name, jar("a.txt"))));

        assertThat(rejected.badFile()).isEqualTo(name.replace('\0', '?'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.txt",
                "/a.txt",
                "a\\b.txt",
                "C:\\a.txt",
                "@args",
                "A.class",
                "META-INF/MANIFEST.MF",
                "meta-inf/versions/21/a.txt",
                "META-INF/minimalcluster/functions.json"
            })
    void invalidResourceNameIsRejected(String name) {
        Compilation.Result result = new Compilation(new Javac())
                .of(new CompileRequest(Map.of("Main.java", USER), List.of(), List.of("fine.txt", name)));

        assertThat(rejected(result).badFile()).isEqualTo(name);
    }

    @Test
    void namesThatDifferOnlyInCaseAreRejected() {
        Compilation.Result result = new Compilation(new Javac())
                .of(new CompileRequest(Map.of("Main.java", USER), List.of(), List.of("a/b.txt", "A/B.txt")));

        assertThat(rejected(result).badFile()).isEqualTo("A/B.txt");
    }
}
