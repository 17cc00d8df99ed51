package io.minimalcluster.task.compile;

import static io.minimalcluster.task.compile.TestCompilation.bundled;
import static io.minimalcluster.task.compile.TestCompilation.compile;
import static io.minimalcluster.task.compile.TestCompilation.functions;
import static io.minimalcluster.task.compile.TestCompilation.signatures;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.frame.CompileRejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompilationTest {
    private static CompileRejection rejected(Map<String, String> sources) {
        return switch (compile(sources)) {
            case Compilation.Result.Refused refused -> refused.rejected();
            case Compilation.Result.Broken broken -> broken.rejected();
            case Compilation.Result.Bundled done -> throw new AssertionError(done);
        };
    }

    private static List<Diagnostic> errors(String source) {
        return rejected(Map.of("Main.java", source)).diagnostics();
    }

    @Test
    void singleMethodIsAnEnvironment() {
        TargetFunction square =
                functions("long square(long x) { return x * x; }").getFirst();

        assertThat(square.name()).isEqualTo("square");
        assertThat(square.owner()).isEqualTo("Main");
        assertThat(square.signature()).isEqualTo("square(long)");
        assertThat(square.returns()).isEqualTo("long");
        assertThat(square.parameters()).singleElement().satisfies(x -> {
            assertThat(x.name()).isEqualTo("x");
            assertThat(x.type()).isEqualTo("long");
        });
    }

    @Test
    void signaturesOfOrdinaryClassesNameTheClass() {
        assertThat(bundled(Map.of(
                                "com/acme/Pi.java",
                                "package com.acme; public class Pi { static int f(int x) { return x; } }"))
                        .compiled()
                        .functions())
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.signature()).isEqualTo("com.acme.Pi.f(int)");
                    assertThat(f.owner()).isEqualTo("com.acme.Pi");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int f(int x) { return x; }",
                "int f(int x) { return x; } // a last comment",
                "int f(int x) { return x; }\r\n",
                "int f(int x) { return x; }\n\n\n",
                "int f(int x) { return x; }\nvoid main() {}",
                "int f(int x) { return x; }\nstatic void main(String[] args) {}",
                "int f(int x) { return x; }\nvoid main(String... args) {}",
                "int f(int x) { return x; }\nvoid main(final java.lang.String args[]) {}",
                "import java.util.function.*;\nint f(int x) { return x; }",
                "/* void main() {} class X {} */ int f(int x) { return x; } String s = \"void main() {}\";",
                "int f(int x) { return x; } class Inner { void main() {} }",
                "class Inner {} int f(int x) { return x; }",
                "int f(int x) { return x; } \\u0063lass Inner {}"
            })
    void compactSourceNeedsNoMainMethod(String source) {
        assertThat(signatures(source)).contains("f(int)");
    }

    @Test
    void mainMethodsAreNoTargetFunctions() {
        assertThat(
                        signatures(
                                "public class Main { public static void main(String[] a) {} static void main() {} static void main(int x) {} }"))
                .containsExactly("Main.main(int)");
    }

    @Test
    void byteOrderMarkIsIgnored() {
        assertThat(signatures("\ufeffint f(int x) { return x; }")).containsExactly("f(int)");
    }

    @Test
    void declaredFinalClassIsNotCompact() {
        assertThat(signatures("final class Main { static int f(int x) { return x; } }"))
                .containsExactly("Main.f(int)");
    }

    @Test
    void reportsAllErrorsWithPositions() {
        List<Diagnostic> errors = errors("int f(int x) {\n\treturn y;\n}\n\nint g() { return \"a\"; }\nint h() { }");

        assertThat(errors).hasSize(3);
        assertThat(errors.get(0))
                .isEqualTo(new Diagnostic(
                        "Main.java",
                        2,
                        9,
                        "error",
                        "compiler.err.cant.resolve.location",
                        "cannot find symbol\n  symbol:   variable y\n  location: class Main",
                        "\treturn y;"));
        assertThat(errors.get(1).line()).isEqualTo(5);
        assertThat(errors.get(2).code()).isEqualTo("compiler.err.missing.ret.stmt");
    }

    @Test
    void reportsErrorsOfAllFiles() {
        CompileRejection rejected =
                rejected(Map.of("a/A.java", "package a; class A { X x; }", "B.java", "int f() { return z; }"));

        assertThat(rejected.diagnostics())
                .extracting(Diagnostic::source)
                .containsExactlyInAnyOrder("a/A.java", "B.java");
        assertThat(rejected.badFile()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"int f(int x) { return x;", "int f(int x) { return x;\n", "int f(int x) {\n return x;\r\n\r\n"})
    void errorAfterTheLastLineIsAtItsEnd(String source) {
        Diagnostic error = errors(source).getFirst();

        assertThat(error.line())
                .isLessThanOrEqualTo((int) source.stripTrailing().lines().count());
        assertThat(error.snippet()).contains("return x;");
        assertThat(error.column()).isBetween(1, error.snippet().length() + 1);
    }

    @Test
    void errorInAppendedCodeIsAtTheEndOfTheSource() {
        Diagnostic error = errors("int f(int x) { return x; }\nint main = 1; String main(String[] a) { return 1; }")
                .getFirst();

        assertThat(error.line()).isEqualTo(2);
    }

    @Test
    void errorsAreLimitedTo100() {
        assertThat(errors("int f() { return x; }\n".repeat(10_000))).hasSize(100);
    }

    @Test
    void snippetOfALongLineContainsTheError() {
        Diagnostic error = errors("int f() { String s = \"" + "a".repeat(5000) + "\"; return wrong; }")
                .getFirst();

        assertThat(error.snippet()).hasSizeLessThanOrEqualTo(200).contains("wrong");
    }

    @Test
    void reportsLintWarnings() {
        Compilation.Result.Bundled done = bundled(Map.of("Main.java", "int f(List x) { return x.size(); }"));

        assertThat(done.compiled().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.severity()).isEqualTo("warning");
            assertThat(warning.message()).contains("raw type");
        });
    }

    @Test
    void compactSourcesUseOrdinaryClassesButNotEachOther() {
        String util = "package u; public class Util { public static int one() { return 1; } }";

        assertThat(bundled(Map.of("A.java", "import u.Util;\nint a() { return Util.one(); }", "u/Util.java", util))
                        .compiled()
                        .functions())
                .hasSize(2);
        assertThat(rejected(Map.of("A.java", "int a() { return 1; }", "B.java", "int b() { return new A().a(); }"))
                        .diagnostics())
                .singleElement()
                .satisfies(error -> assertThat(error.code()).startsWith("compiler.err.cant.resolve"));
    }

    @Test
    void ambiguousSignaturesOfCompactSourcesAreQualified() {
        assertThat(bundled(Map.of(
                                "A.java",
                                "int f(int x) { return 1; }",
                                "B.java",
                                "int f(int x) { return 2; } int g() { return 1; }"))
                        .compiled()
                        .functions())
                .extracting(TargetFunction::signature)
                .containsExactlyInAnyOrder("A.f(int)", "B.f(int)", "g()");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ../A.java | path
            a/../A.java | path
            /A.java | relative
            a//A.java | path
            ./A.java | path
            C:/A.java | drive
            a\\A.java | separated by /
            A.txt | ends with .java
            A | ends with .java
            .java | no Java name
            @args.java | begins
            -J-Xmx.java | begins
            my-file.java | no Java name
            class.java | no Java name
            1.java | no Java name
            module-info.java | module
            a/module-info.java | module
            """)
    void rejectsInvalidFileNames(String name, String reason) {
        CompileRejection rejected = rejected(Map.of(name, "int f(int x) { return x; }"));

        assertThat(rejected.badFile()).isEqualTo(name);
        assertThat(rejected.reason()).contains(reason);
    }

    @Test
    void rejectsControlCharactersAndLongNames() {
        assertThat(rejected(Map.of("A\0.java", "")).reason()).contains("control characters");
        assertThat(rejected(Map.of("A\n.java", "")).reason()).contains("control characters");
        assertThat(rejected(Map.of("A".repeat(10_000) + ".java", "")).reason()).contains("1 to 500 characters");
    }

    @Test
    void rejectsNamesThatDifferOnlyInCase() {
        CompileRejection rejected = rejected(Map.of("A.java", "class A {}", "a.java", "class B {}"));

        assertThat(rejected.reason()).contains("upper and lower case only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang", "javax.x", "jdk.internal", "sun.misc", "io.minimalcluster.task", "java"})
    void rejectsReservedPackages(String name) {
        assertThat(rejected(Map.of("A.java", "package " + name + "; class A {}"))
                        .reason())
                .contains(name);
    }

    @Test
    void acceptsPackagesWithAReservedPrefixOfAName() {
        assertThat(bundled(Map.of("A.java", "package javafoo; class A {}"))
                        .compiled()
                        .functions())
                .isEmpty();
    }

    @Test
    void folderMatchesThePackageUnlessTheFileIsAtTheRoot() {
        String source = "package com.acme; public class Pi { static int f(int x) { return x; } }";

        bundled(Map.of("Pi.java", source));
        bundled(Map.of("com/acme/Pi.java", source));
        bundled(Map.of("src/main/java/com/acme/Pi.java", source));
        assertThat(rejected(Map.of("com/other/Pi.java", source)).reason())
                .isEqualTo("declares package com.acme, so its folder is com/acme, not com/other");
    }

    @Test
    void fileNameNeedNotMatchThePublicClass() {
        assertThat(bundled(Map.of("Main.java", "public class Pi { static int f(int x) { return x; } }"))
                        .compiled()
                        .functions())
                .extracting(TargetFunction::signature)
                .containsExactly("Pi.f(int)");
    }

    @Test
    void classesAreNotInitialised() {
        assertThat(functions(
                        "static int x = fail(); static int fail() { throw new Error(); } int f(int a) { return a; }"))
                .hasSize(2);
    }

    @Test
    void bundleIsReproducible() throws IOException {
        Map<String, String> sources =
                Map.of("A.java", "int f(int x) { return x; }", "B.java", "class B { class C {} }");

        byte[] bundle = bundled(sources).bundle();

        assertThat(bundled(sources).bundle()).isEqualTo(bundle);
        List<String> entries = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.add(entry.getName());
            }
        }
        assertThat(entries)
                .containsExactly("A.class", "B$C.class", "B.class", "META-INF/minimalcluster/functions.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class Main { public static void main(String[] arguments) {} }",
                "class Main { Main(int x) {} int f() { return 1; } }",
                "record Main(int x) { int f() { return x; } }",
                "class Main { private static int f() { return 1; } }",
            })
    void sourcesWithoutTargetFunctionsHaveAWarning(String source) {
        assertThat(bundled(Map.of("Main.java", source)).compiled().warnings())
                .extracting(Diagnostic::code)
                .contains("minimalcluster.no-functions");
    }

    @Test
    void sourceMayBeginWithAByteOrderMarkAndEndWithAControlCharacter() {
        assertThat(signatures("\ufeffint f(int x) { return x; }\r\n\u001a")).containsExactly("f(int)");
    }

    @Test
    void previewFeaturesAreDisabled() {
        assertThat(errors("int f(int x) { return switch (x) { case int i when i > 0 -> 1; case int i -> 0; }; }"))
                .extracting(Diagnostic::code)
                .containsOnly("compiler.err.preview.feature.disabled.plural");
    }

    /** javac catches some overflows itself, and reports nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"parentheses", "operands", "dots", "ternaries", "arrays", "blocks"})
    void stackOverflowOfTheCompilerIsALimit(String kind) {
        String expression = switch (kind) {
            case "parentheses" -> "(".repeat(40_000) + "1" + ")".repeat(40_000);
            case "operands" -> "x" + " + x".repeat(20_000);
            case "dots" -> "a" + ".a".repeat(30_000);
            case "ternaries" -> "x == 1 ? 1 : ".repeat(20_000) + "1";
            case "arrays" -> "new int" + "[1]".repeat(15_000);
            default -> "0; " + "{".repeat(50_000) + "}".repeat(50_000);
        };

        CompileRejection rejected = rejected(Map.of("Main.java", "int f(int x) { return " + expression + "; }"));

        assertThat(rejected.reason()).contains("nested too deeply");
        assertThat(rejected.badFile()).isNull();
        assertThat(signatures("int f(int x) { return x; }")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "// nothing",
                "int",
                "}",
                "\ufeffint f() { return 1; }",
                "int f() { return \"\ud800\"; }",
                "\0",
                "import x.Y;",
                "package p;"
            })
    void compilerRespondsToAnySource(String source) {
        assertThat(compile(Map.of("Main.java", source))).isNotNull();
    }

    @Test
    void classPathOfTheRuntimeIsHidden() {
        assertThat(errors("import tools.jackson.core.JsonParser;\nint f() { return 1; }")
                        .getFirst()
                        .code())
                .isEqualTo("compiler.err.doesnt.exist");
        assertThat(errors("import org.junit.jupiter.api.Test;\nint f() { return 1; }"))
                .isNotEmpty();
    }
}
