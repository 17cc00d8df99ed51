package io.minimalcluster.task.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.frame.CompileRejection;
import io.minimalcluster.task.frame.CompileRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments of compiled classes. */
class MainClassesTest {
    @TempDir
    Path folder;

    private CompileRequest.Library jar(String name, Map<String, byte[]> entries) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "main", null), TestJars.of(entries));
        return new CompileRequest.Library(name, file.toString());
    }

    private Map<String, byte[]> classes(String source) throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        byte[] bundle = Files.readAllBytes(TestBundles.write(folder, source));
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                classes.put(entry.getName(), zip.readAllBytes());
            }
        }
        return classes;
    }

    private static Compilation.Result compile(CompileRequest.Library main, CompileRequest.Library... libraries) {
        return new Compilation(new Javac()).of(new CompileRequest(main, Map.of(), List.of(libraries), List.of()));
    }

    private static Compilation.Result.Bundled bundled(Compilation.Result result) {
        assertThat(result).isInstanceOf(Compilation.Result.Bundled.class);
        return (Compilation.Result.Bundled) result;
    }

    private static List<String> signatures(Compilation.Result result) {
        return bundled(result).compiled().functions().stream()
                .map(TargetFunction::signature)
                .toList();
    }

    private static CompileRejection rejected(Compilation.Result result) {
        assertThat(result).isInstanceOf(Compilation.Result.Refused.class);
        return ((Compilation.Result.Refused) result).rejected();
    }

    @Test
    void publicMethodsOfPublicClassesAreTargetFunctions() throws IOException {
        CompileRequest.Library main = jar("app.jar", classes("""
                package com.acme;
                public class App extends Base {
                    public int open(int x) { return x; }
                    public static long stat(long x) { return x; }
                    int closed(int x) { return x; }
                    public java.util.function.IntUnaryOperator field = x -> x;
                    public static void main(String[] args) {}
                    public static class Nested { public int n(int x) { return x; } }
                    static class Hidden { public int h(int x) { return x; } }
                }
                abstract class Base { public int base(int x) { return x; } }
                """));

        assertThat(signatures(compile(main)))
                .containsExactly(
                        "com.acme.App.Nested.n(int)",
                        "com.acme.App.base(int)",
                        "com.acme.App.open(int)",
                        "com.acme.App.stat(long)");
    }

    @Test
    void bundleHoldsTheFunctionsOnly() throws IOException {
        byte[] bundle = bundled(compile(jar("app.jar", classes("public class Main { public int f() { return 1; } }"))))
                .bundle();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            assertThat(zip.getNextEntry())
                    .extracting(ZipEntry::getName)
                    .isEqualTo("META-INF/minimalcluster/functions.json");
            assertThat(zip.getNextEntry()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"70, 0, Java 26", "69, 65535, preview features of Java 25"})
    void newerClassFilesAreRejected(int major, int minor, String text) throws IOException {
        Map<String, byte[]> classes = classes("public class Main { public int f() { return 1; } }");
        byte[] main = Objects.requireNonNull(classes.get("Main.class"));
        main[4] = (byte) (minor >> 8);
        main[5] = (byte) minor;
        main[7] = (byte) major;

        CompileRejection rejected = rejected(compile(jar("app.jar", classes)));
        assertThat(rejected.badFile()).isEqualTo("app.jar");
        assertThat(rejected.reason()).contains("Main.class", text);

        CompileRejection library =
                rejected(compile(jar("app.jar", classes("public class App { }")), jar("lib.jar", classes)));
        assertThat(library.badFile()).isEqualTo("lib.jar");
        assertThat(library.reason()).contains("Main.class", text);
    }

    @Test
    void classThatNeedsAMissingOneIsSkippedWithAWarning() throws IOException {
        Map<String, byte[]> classes = classes("""
                public class Main { public int f(int x) { return x; } }
                """);
        classes.putAll(classes("public class Other extends Missing { } class Missing {}"));
        classes.remove("Missing.class");
        Compilation.Result result = compile(jar("app.jar", classes));

        assertThat(signatures(result)).containsExactly("Main.f(int)");
        assertThat(bundled(result).compiled().warnings())
                .extracting(Diagnostic::code)
                .containsExactly("minimalcluster.class-skipped");
    }

    @Test
    void librariesFollowTheClasses() throws IOException {
        Map<String, byte[]> classes =
                classes("public class Main extends Lib { } class Lib { public int f(int x) { return x; } }");
        byte[] lib = Objects.requireNonNull(classes.remove("Lib.class"));

        assertThat(signatures(compile(jar("app.jar", classes), jar("lib.jar", Map.of("Lib.class", lib)))))
                .containsExactly("Main.f(int)");
    }

    @Test
    void nameEndsWithJar() throws IOException {
        assertThat(rejected(compile(jar("app.zip", Map.of()))).badFile()).isEqualTo("app.zip");
    }
}
