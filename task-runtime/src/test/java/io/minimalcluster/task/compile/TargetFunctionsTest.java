package io.minimalcluster.task.compile;

import static io.minimalcluster.task.compile.TestCompilation.bundled;
import static io.minimalcluster.task.compile.TestCompilation.functions;
import static io.minimalcluster.task.compile.TestCompilation.signatures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.Shape.Kind;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which methods are target functions, and the shapes of their parameters. */
class TargetFunctionsTest {
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

        List<String> members = type.contains("Point") ? List.of("x") : null;
        assertThat(f.parameters().getFirst().shape()).isEqualTo(new Shape(kind, nullable, min, max, members));
    }
}
