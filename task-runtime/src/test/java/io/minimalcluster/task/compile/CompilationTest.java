package io.minimalcluster.task.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.Shape.Kind;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.frame.CompileRejection;
import io.minimalcluster.task.frame.CompileRequest;
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
    private static final Javac JAVAC = new Javac();

    private static Compilation.Result compile(Map<String, String> sources) {
        return new Compilation(JAVAC).of(new CompileRequest(sources));
    }

    private static Compilation.Result.Bundled bundled(Map<String, String> sources) {
        Compilation.Result result = compile(sources);
        assertThat(result).isInstanceOf(Compilation.Result.Bundled.class);
        return (Compilation.Result.Bundled) result;
    }

    private static CompileRejection rejected(Map<String, String> sources) {
        return switch (compile(sources)) {
            case Compilation.Result.Refused refused -> refused.rejected();
            case Compilation.Result.Broken broken -> broken.rejected();
            case Compilation.Result.Bundled done -> throw new AssertionError(done);
        };
    }

    private static List<TargetFunction> functions(String source) {
        return bundled(Map.of("Main.java", source)).compiled().functions();
    }

    private static List<String> signatures(String source) {
        return functions(source).stream().map(TargetFunction::signature).toList();
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
    void listsCallableFunctionsOnly() {
        assertThat(signatures("""
                import java.util.function.*;
                int method(int x) { return x; }
                static int stat(int x) { return x; }
                private int hidden(int x) { return x; }
                int over(int x) { return x; }
                int over(long x) { return 1; }
                int many(String... x) { return x.length; }
                <T extends Number> T generic(T x) { Supplier<String> local = () -> "lambda"; return x; }
                IntUnaryOperator field = x -> x;
                Function<? super Integer, ? extends List<String>> wild = x -> null;
                BinaryOperator<Long> both = Long::sum;
                Runnable notOne = () -> {};
                private IntSupplier hiddenField = () -> 1;
                int number = 1;
                public String toString() { return ""; }
                enum Colour { RED; static int ofEnum(int x) { return x; } int inst(int x) { return x; } }
                record Point(int x, int y) { static int ofRecord(int x) { return x; } int sum() { return x + y; } }
                static class Nested { int n(int x) { return x; } }
                static class NoDefault { NoDefault(int x) {} int n(int x) { return x; } static int s(int x) { return x; } }
                static abstract class Abstract { abstract int a(int x); int b(int x) { return x; } static int c(int x) { return x; } }
                interface Inter { int a(int x); static int d(int x) { return x; } default int e(int x) { return x; } }
                class Inner { int i(int x) { return x; } }
                """))
                .containsExactlyInAnyOrder(
                        "method(int)",
                        "stat(int)",
                        "over(int)",
                        "over(long)",
                        "many(String[])",
                        "generic(Number)",
                        "field(int)",
                        "wild(Integer)",
                        "both(Long,Long)",
                        "Colour.ofEnum(int)",
                        "Point.ofRecord(int)",
                        "Nested.n(int)",
                        "NoDefault.s(int)",
                        "Abstract.c(int)",
                        "Inter.d(int)");
    }

    @Test
    void inheritedMethodsAreTargetFunctions() {
        assertThat(bundled(Map.of("Main.java", """
                import java.util.List;
                public class Main extends Base<String> implements Special {
                    public String same(String x) { return x; }
                    public double side() { return 3; }
                }
                abstract class Base<T> extends Root {
                    abstract double side();
                    public double area(double f) { return f * side(); }
                    public T same(T x) { return x; }
                    T generic(List<T> x, T[] y) { return x.get(0); }
                    protected int visible(int x) { return x; }
                    private int hidden(int x) { return x; }
                    public static int stat(int x) { return x; }
                }
                class Root { public int far(int x) { return x; } public String toString() { return ""; } }
                interface Special extends General { default int over(int x) { return 2; } }
                interface General {
                    default int over(int x) { return 1; }
                    default int dflt(int x) { return x; }
                    static int ofInterface(int x) { return x; }
                    private int no(int x) { return x; }
                }
                """)).compiled().functions())
                .extracting(TargetFunction::signature)
                .contains(
                        "Main.area(double)",
                        "Main.dflt(int)",
                        "Main.far(int)",
                        "Main.generic(java.util.List,String[])",
                        "Main.ofInterface(int)",
                        "Main.over(int)",
                        "Main.same(String)",
                        "Main.stat(int)",
                        "Main.visible(int)")
                .doesNotContain("Main.same(Object)", "Main.hidden(int)", "Main.no(int)", "Main.toString()")
                .doesNotHaveDuplicates();
    }

    @Test
    void inheritedMethodsAreMarked() {
        List<TargetFunction> functions = bundled(
                        Map.of("A.java", "class A { int f(int x) { return x; } } class B extends A {}"))
                .compiled()
                .functions();

        assertThat(functions)
                .extracting(TargetFunction::signature, TargetFunction::inherited)
                .containsExactlyInAnyOrder(tuple("A.f(int)", null), tuple("B.f(int)", true));
    }

    @Test
    void methodsOfTheJdkAreNotInherited() {
        assertThat(signatures("""
                int f(int x) { return x; }
                static class Words extends ArrayList<String> implements java.util.function.IntUnaryOperator {
                    public int applyAsInt(int x) { return x; }
                }
                """)).containsExactly("f(int)", "Words.applyAsInt(int)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Inner",
                "Inner[]",
                "List<Inner>",
                "Map<String, Inner>",
                "Optional<Inner[]>",
                "Abstract",
                "Face",
                "Made"
            })
    void unreadableTypesFitNoJson(String type) {
        TargetFunction f = functions("""
                class Inner { int x; }
                static abstract class Abstract {}
                interface Face {}
                static abstract class Made { static Made valueOf(String x) { return null; } }
                int f(%s x) { return 1; }
                """.formatted(type)).stream()
                .filter(each -> each.name().equals("f"))
                .findFirst()
                .orElseThrow();

        assertThat(f.parameters().getFirst().shape().kind()).isEqualTo(Kind.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Comparable<Long>", "Iterable<Long>", "Object", "java.io.Serializable", "Sealed", "Box<Inner>"})
    void generalTypesAreReadable(String type) {
        TargetFunction f = functions("""
                class Inner {}
                sealed interface Sealed permits One {}
                record One() implements Sealed {}
                static class Box<T> { T x; }
                int f(%s x) { return 1; }
                """.formatted(type)).stream()
                .filter(each -> each.name().equals("f"))
                .findFirst()
                .orElseThrow();

        assertThat(f.parameters().getFirst().shape().kind()).isNotEqualTo(Kind.NONE);
    }

    @Test
    void typesAreNamedAsInSourceCode() {
        TargetFunction f = functions("""
                record Point(int x) {}
                Map<String, ? extends List<Point[]>> f(List<long[]> a, Optional<Point> b, int[][] c) { return null; }
                """).getFirst();

        assertThat(f.parameters())
                .extracting(p -> p.type())
                .containsExactly("java.util.List<long[]>", "java.util.Optional<Point>", "int[][]");
        assertThat(f.returns()).isEqualTo("java.util.Map<String, ? extends java.util.List<Point[]>>");
        assertThat(f.signature()).isEqualTo("f(java.util.List,java.util.Optional,int[][])");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int | INTEGER | false | -2147483648 | 2147483647
            Byte | INTEGER | true | -128 | 127
            long | INTEGER | false | -9223372036854775808 | 9223372036854775807
            java.math.BigInteger | INTEGER | true | |
            double | FLOAT | false | |
            Float | FLOAT | true | |
            java.math.BigDecimal | DECIMAL | true | |
            boolean | BOOLEAN | false | |
            Boolean | BOOLEAN | true | |
            char | STRING | false | |
            String | STRING | true | |
            CharSequence | STRING | true | |
            java.time.Instant | STRING | true | |
            java.time.ZoneId | STRING | true | |
            java.time.DayOfWeek | STRING | true | |
            UUID | STRING | true | |
            Colour | STRING | true | |
            int[] | ARRAY | true | |
            String[] | ARRAY | true | |
            List<String>[] | ARRAY | true | |
            List<Long> | ARRAY | true | |
            Set<Long> | ARRAY | true | |
            Map<String, Long> | OBJECT | true | |
            Point | OBJECT | true | |
            Bean | OBJECT | true | |
            Optional<Short> | INTEGER | true | -32768 | 32767
            Optional<Point> | OBJECT | true | |
            OptionalInt | INTEGER | true | -2147483648 | 2147483647
            OptionalDouble | FLOAT | true | |
            Object | ANY | true | |
            Number | FLOAT | true | |
            Comparable<String> | ANY | true | |
            Iterable<Integer> | ANY | true | |
            Iterator<Integer> | ANY | true | |
            java.util.concurrent.atomic.AtomicInteger | INTEGER | true | -2147483648 | 2147483647
            java.util.concurrent.atomic.AtomicBoolean | BOOLEAN | true | |
            BitSet | ARRAY | true | |
            Figure | ANY | true | |
            """)
    void parameterHasTheShapeOfItsJson(
            String type, Kind kind, boolean nullable, java.math.BigInteger min, java.math.BigInteger max) {
        TargetFunction f = functions("""
                enum Colour { RED { } }
                record Point(int x) {}
                static class Bean { public int x; }
                sealed interface Figure permits Disc {}
                record Disc(double radius) implements Figure {}
                int f(%s x) { return 1; }
                """.formatted(type)).getFirst();

        assertThat(f.parameters().getFirst().shape()).isEqualTo(new Shape(kind, nullable, min, max));
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

    @Test
    void stackOverflowOfTheCompilerIsReported() {
        CompileRejection rejected = rejected(
                Map.of("Main.java", "int f() { return " + "(".repeat(40_000) + "1" + ")".repeat(40_000) + "; }"));

        assertThat(rejected.diagnostics().getFirst().message()).contains("nested too deeply");
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
