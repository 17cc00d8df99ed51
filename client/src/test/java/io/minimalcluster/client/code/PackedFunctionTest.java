package io.minimalcluster.client.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.client.function.SerializableBinaryOperator;
import io.minimalcluster.client.function.SerializableCallable;
import io.minimalcluster.client.function.SerializableFunction;
import io.minimalcluster.client.function.TypeRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls functions through their generated classes, in a class loader that has them as an executor has them. */
class PackedFunctionTest {
    record Point(int x, int y) {
        int sum() {
            return x + y;
        }
    }

    private static long square(long x) {
        return x * x;
    }

    static List<Point> points(List<Integer> xs) {
        return xs.stream().map(x -> new Point(x, x)).toList();
    }

    private long field(long x) {
        return x;
    }

    /** The generated method and what it returned. */
    private record Called(Method method, @Nullable Object value) {}

    private static Called call(
            Serializable function, @Nullable Type argument, @Nullable Type result, Object... arguments) {
        FunctionReference given = FunctionReference.of(function);
        FunctionReference reference = argument == null ? given.unwrapped() : given;
        BridgeTypes types = BridgeTypes.of(reference, argument, result);
        Map<String, byte[]> files = new BridgeClass(reference, types, "_Remote").files();
        try {
            ChildFirst loader = new ChildFirst(files);
            Class<?> bridge = loader.loadClass(PackedFunctionTest.class.getName() + "_Remote");
            Method method = bridge.getMethods()[0];
            List<Object> all = new ArrayList<>(List.of(arguments));
            if (method.getParameterCount() > all.size()) {
                Class<?> last = method.getParameterTypes()[all.size()];
                Object values = last.getConstructor().newInstance();
                for (var each : CapturedValues.of(reference, types.captured()).entrySet()) {
                    last.getField(each.getKey()).set(values, each.getValue());
                }
                all.add(values);
            }
            return new Called(method, method.invoke(null, all.toArray()));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static <A, R> Called call(SerializableFunction<A, R> function, A argument) {
        return call(function, null, null, (Object) argument);
    }

    @Test
    void methodReferencesOfAllKindsAreCalled() {
        assertThat(call(PackedFunctionTest::square, 3L).value()).isEqualTo(9L);
        assertThat(call(Math::abs, -3L).value()).isEqualTo(3L);
        assertThat(call((SerializableFunction<String, Integer>) String::length, "abc")
                        .value())
                .isEqualTo(3);
        assertThat(call(StringBuilder::new, "abc").value()).hasToString("abc");
    }

    @Test
    void genericTypesOfMethodsAreKept() {
        Method method = call(PackedFunctionTest::points, List.of(1)).method();

        assertThat(method.getGenericParameterTypes()[0]).hasToString("java.util.List<java.lang.Integer>");
        assertThat(method.getGenericReturnType())
                .hasToString("java.util.List<" + PackedFunctionTest.class.getName() + "$Point>");
        assertThat(PackedFunction.of(
                                (SerializableFunction<List<Integer>, List<Point>>) PackedFunctionTest::points,
                                null,
                                null)
                        .name())
                .isEqualTo("PackedFunctionTest::points");
    }

    @Test
    void lambdasWithAndWithoutCapturedValuesAreCalled() {
        long factor = 4;
        String unit = "m";

        assertThat(call((Long x) -> x + 1, 3L).value()).isEqualTo(4L);
        assertThat(call((Long x) -> factor * x + unit, 3L).value()).isEqualTo("12m");
    }

    @Test
    void callablesTakeTheirCapturedValues() {
        long x = 3;
        SerializableCallable<Long> captures = () -> square(x);
        SerializableCallable<String> none = () -> "none";

        assertThat(call(captures, null, null).value()).isEqualTo(9L);
        assertThat(call(none, null, null).value()).isEqualTo("none");
        assertThat(PackedFunction.of(captures, null, null).captured()).isEqualTo(Map.of("c0", 3L));
    }

    @Test
    void typesOfALambdaMayBeGiven() {
        SerializableFunction<List<Integer>, Integer> size = (List<Integer> list) -> list.size();

        assertThatThrownBy(() -> PackedFunction.of(size, null, null))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageContaining("without its type arguments")
                .hasMessageContaining("new TypeRef<List<…>>() {}");
        assertThat(call(size, new TypeRef<List<Integer>>() {}.type(), Integer.class, List.of(1))
                        .method()
                        .getGenericParameterTypes()[0])
                .hasToString("java.util.List<java.lang.Integer>");
    }

    sealed interface Shape permits Circle, Rect {}

    record Circle(double r) implements Shape {}

    record Rect(double w, double h) implements Shape {}

    static double area(Shape shape) {
        return switch (shape) {
            case Circle(double r) -> 3 * r * r;
            case Rect(double w, double h) -> w * h;
        };
    }

    static int count(List<String> list) {
        return list.size();
    }

    static <T> int countAny(List<T> list) {
        return list.size();
    }

    /** The function that a call over arguments of an inferred type gives. */
    private static <A, R> PackedFunction inferred(SerializableFunction<A, R> function, List<? extends A> arguments) {
        assertThat(arguments).isNotEmpty();
        return PackedFunction.of(function, null, null);
    }

    @Test
    void methodReferenceTakesTheTypeOfItsMethod() {
        PackedFunction area = inferred(PackedFunctionTest::area, List.of(new Circle(1), new Rect(2, 3)));
        assertThat(area.argument()).isEqualTo(Shape.class);
        assertThat(area.name()).isEqualTo("PackedFunctionTest::area");
        assertThatThrownBy(() -> inferred(shape -> "%s".formatted(shape), List.of(new Circle(1), new Rect(2, 3))))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessage("a lambda of PackedFunctionTest takes a Record, because the arguments are of several"
                        + " classes: give their list a type that names what they have in common, such as List<Shape>");
        // a class that is inferred has all members
        assertThat(inferred(PackedFunctionTest::area, List.of(new Circle(1), new Circle(2)))
                        .argument())
                .isEqualTo(Circle.class);
        assertThat(inferred(String::valueOf, List.of(LocalDate.EPOCH)).argument())
                .isEqualTo(LocalDate.class);
        assertThat(inferred(String::valueOf, List.of(new ArrayList<>(List.of("a"))))
                        .argument())
                .isEqualTo(Object.class);
        assertThat(inferred(PackedFunctionTest::count, List.of(new ArrayList<>(List.of("a"))))
                        .argument())
                .hasToString("java.util.List<java.lang.String>");
        assertThatThrownBy(() -> inferred(PackedFunctionTest::countAny, List.of(new ArrayList<>(List.of("a")))))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageContaining("new TypeRef<");
    }

    record Box(long x) {
        Box self() {
            return this;
        }

        Long valueOf() {
            return x;
        }
    }

    @Test
    void lambdaThatCastsItsArgumentStaysALambdaIfItsTypeIsGiven() {
        SerializableFunction<Number, String> text = x -> ((Integer) x).toString();

        Called called = call(text, Number.class, String.class, 3);

        assertThat(called.value()).isEqualTo("3");
        assertThat(called.method().getParameterTypes()).containsExactly(Number.class);
        assertThat(PackedFunction.of(text, Number.class, null).name()).isEqualTo("a lambda of PackedFunctionTest");
    }

    @Test
    void lambdaThatCallsMoreThanOneMethodStaysALambda() {
        SerializableFunction<Object, Long> value = box -> ((Box) box).self().valueOf();

        assertThat(PackedFunction.of(value, null, null).name()).isEqualTo("a lambda of PackedFunctionTest");
    }

    @Test
    void methodOfObjectIsCalledThroughAnInterface() {
        SerializableFunction<Object, Integer> hash = task -> ((Runnable) task).hashCode();
        Runnable task = () -> {};

        assertThat(call(hash, null, null, task).value()).isEqualTo(task.hashCode());
        assertThat(inferred(Shape::toString, List.of(new Circle(1), new Rect(2, 3)))
                        .argument())
                .isEqualTo(Shape.class);
        assertThat(callFirst(CharSequence::toString, List.of("a", CharBuffer.wrap("b")))
                        .value())
                .isEqualTo("a");
        assertThat(callFirst(CharSequence::hashCode, List.of("a", CharBuffer.wrap("b")))
                        .value())
                .isEqualTo("a".hashCode());
    }

    /** Calls a function over arguments of an inferred type with the first of them. */
    private static <A, R> Called callFirst(SerializableFunction<A, R> function, List<? extends A> arguments) {
        return call(function, null, null, (Object) arguments.getFirst());
    }

    @Test
    void capturedTimesAreSent() {
        LocalDate date = LocalDate.EPOCH;
        Duration duration = Duration.ofDays(2);
        ZoneId zone = ZoneOffset.UTC;

        assertThat(call((Long x) -> date.plusDays(x).atStartOfDay(zone).plus(duration), 3L)
                        .value())
                .isEqualTo(ZonedDateTime.of(1970, 1, 6, 0, 0, 0, 0, zone));
    }

    @Test
    void capturedObjectsAreRefused() {
        List<Long> list = new ArrayList<>(List.of(1L));
        Clock clock = Clock.systemUTC();
        InstantSource source = clock;

        assertThatThrownBy(() -> PackedFunction.of((SerializableFunction<Long, Long>) x -> x + list.size(), null, null))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageStartingWith(
                        "a lambda of PackedFunctionTest captures a java.util.List, which can't be sent");
        assertThatThrownBy(() -> PackedFunction.of((SerializableFunction<Long, Long>) this::field, null, null))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageContaining("captures a " + PackedFunctionTest.class.getName());
        assertThatThrownBy(
                        () -> PackedFunction.of((SerializableFunction<Long, Long>) x -> x + clock.millis(), null, null))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageContaining("captures a java.time.Clock, which can't be sent");
        assertThatThrownBy(() ->
                        PackedFunction.of((SerializableFunction<Long, Long>) x -> x + source.millis(), null, null))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageContaining("captures a java.time.InstantSource, which can't be sent");
    }

    record Task(long x) implements SerializableCallable<Long> {
        @Override
        public Long call() {
            return apply(1);
        }

        long apply(long more) {
            return x + more;
        }
    }

    record Overloaded() implements SerializableFunction<Long, Long> {
        @Override
        public Long apply(Long x) {
            return x;
        }

        String apply(String x) {
            return x;
        }
    }

    @Test
    void methodOfARecordIsThatOfItsInterface() {
        assertThat(FunctionReference.of(new Task(3)).name()).isEqualTo("call");
        assertThatThrownBy(() -> FunctionReference.of(new Overloaded()))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageContaining("has several methods apply");
    }

    @Test
    void folderMayBeASymbolicLink(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("folder");
        Files.createDirectories(folder.resolve("p"));
        Files.writeString(folder.resolve("p/Main.java"), "class Main {}");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);

        assertThat(JarFiles.of(link)).isEqualTo(JarFiles.of(folder));
        assertThat(EnvironmentForm.of(link).body())
                .hasSize(4)
                .containsExactlyElementsOf(EnvironmentForm.of(folder).body());
    }

    record Pair(long count, double sum) {
        Pair plus(Pair other) {
            return new Pair(count + other.count, sum + other.sum);
        }
    }

    private static long add(long one, long other) {
        return one + other;
    }

    static <T> T second(T one, T other) {
        return other;
    }

    private static <R> Called reduce(SerializableBinaryOperator<R> operator, Type values, Object one, Object other) {
        FunctionReference reference = FunctionReference.of(operator);
        BridgeTypes types = BridgeTypes.ofOperator(reference, values);
        Map<String, byte[]> files = new BridgeClass(reference, types, "_Reduce").files();
        try {
            Class<?> bridge = new ChildFirst(files).loadClass(PackedFunctionTest.class.getName() + "_Reduce");
            Method method = bridge.getMethods()[0];
            return new Called(method, method.invoke(null, one, other));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void operatorsOfAllKindsAreCalled() {
        assertThat(reduce(PackedFunctionTest::add, long.class, 3L, 4L).value()).isEqualTo(7L);
        assertThat(reduce(Long::sum, long.class, 3L, 4L).value()).isEqualTo(7L);
        assertThat(reduce((SerializableBinaryOperator<Integer>) Math::max, int.class, 3, 4)
                        .value())
                .isEqualTo(4);
        assertThat(reduce(String::concat, String.class, "a", "b").value()).isEqualTo("ab");
        assertThat(reduce((Long one, Long other) -> one * other, long.class, 3L, 4L)
                        .value())
                .isEqualTo(12L);
    }

    @Test
    void operatorOfRecordsTakesAndGivesThem() {
        Method method = PackedFunctionTest.<Pair>reducing(Pair::plus, Pair.class);

        assertThat(method.getName()).isEqualTo("plus");
        assertThat(method.getParameterTypes()).containsExactly(Pair.class, Pair.class);
        assertThat(method.getReturnType()).isEqualTo(Pair.class);
        assertThat(PackedFunctionTest.<Pair>reducing((one, other) -> one.plus(other), Pair.class)
                        .getName())
                .isEqualTo("lambda");
    }

    /** The method of an operator, with the types of this loader. */
    private static <R> Method reducing(SerializableBinaryOperator<R> operator, Type values) {
        FunctionReference reference = FunctionReference.of(operator);
        BridgeTypes types = BridgeTypes.ofOperator(reference, values);
        return new Generated(new BridgeClass(reference, types, "_Reduce").files())
                .define(PackedFunctionTest.class.getName() + "_Reduce")
                .getMethods()[0];
    }

    @Test
    void operatorHasOneTypeThatOfTheValuesIfItFits() {
        assertThat(reduce(Long::sum, Long.class, 3L, 4L).method().getParameterTypes())
                .containsExactly(Long.class, Long.class);
        assertThat(reduce(PackedFunctionTest::second, String.class, "a", "b")
                        .method()
                        .getReturnType())
                .isEqualTo(String.class);
        assertThat(reduce((Number one, Number other) -> one.doubleValue() + other.doubleValue(), long.class, 3L, 4L)
                        .method()
                        .getParameterTypes())
                .containsExactly(Number.class, Number.class);
        Called texts =
                reduce((SerializableBinaryOperator<Object>) (one, other) -> "" + one + other, long.class, 3L, 4L);
        assertThat(texts.value()).isEqualTo("34");
        assertThat(texts.method().getParameterTypes()).containsExactly(Object.class, Object.class);
        Method lists = reduce(
                        (List<Integer> one, List<Integer> _) -> one,
                        new TypeRef<List<Integer>>() {}.type(),
                        List.of(1),
                        List.of(2))
                .method();
        assertThat(lists.getGenericParameterTypes()[1]).hasToString("java.util.List<java.lang.Integer>");
        assertThat(lists.getGenericReturnType()).hasToString("java.util.List<java.lang.Integer>");
        assertThatThrownBy(() -> PackedOperator.of(
                        (List<Integer> one, List<Integer> _) -> one, new TypeRef<ArrayList<Integer>>() {}.type()))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessage("a lambda of PackedFunctionTest takes a List, and the function gives a ArrayList<Integer>:"
                        + " give the function the type of its values by new TypeRef<List<…>>() {}");
    }

    record Weighted(long weight) implements SerializableBinaryOperator<Long> {
        @Override
        public Long apply(Long one, Long other) {
            return one + weight * other;
        }
    }

    @Test
    void operatorThatCapturesValuesIsRefused() {
        long factor = 4;

        assertThatThrownBy(() -> PackedOperator.of((Long one, Long other) -> one + factor * other, long.class))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessage("a lambda of PackedFunctionTest captures values, which an operator can't: it gets two"
                        + " results and nothing else. Put what it needs into the results");
        assertThatThrownBy(() -> PackedOperator.of(new Weighted(4), long.class))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageStartingWith("Weighted::apply captures values");
    }

    @Test
    void functionAndOperatorAreOneEnvironment() {
        PackedFunction function =
                PackedFunction.of((SerializableFunction<Long, Long>) PackedFunctionTest::square, null, null);
        PackedOperator operator = PackedOperator.of((SerializableBinaryOperator<Long>) Long::sum, function.result());
        String name = PackedFunctionTest.class.getName();

        assertThat(function.target()).isEqualTo(name + "_Remote");
        assertThat(operator.target()).isEqualTo(name + "_Reduce");
        assertThat(operator.type()).isEqualTo(long.class);
        assertThat(function.form(operator, List.of()).id())
                .isEqualTo(function.form(operator, List.of()).id())
                .isNotEqualTo(function.form(List.of()).id());
    }

    /** A loader of generated classes that share the other classes with this test. */
    private static final class Generated extends ClassLoader {
        private final Map<String, byte[]> files;

        Generated(Map<String, byte[]> files) {
            super(PackedFunctionTest.class.getClassLoader());
            this.files = files;
        }

        Class<?> define(String name) {
            byte[] bytes = Objects.requireNonNull(files.get(name.replace('.', '/') + ".class"));
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    /** A loader that defines the classes of this test again, beside the generated ones. */
    private static final class ChildFirst extends ClassLoader {
        private final Map<String, byte[]> generated;

        ChildFirst(Map<String, byte[]> generated) {
            super(PackedFunctionTest.class.getClassLoader());
            this.generated = generated;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PackedFunctionTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            String file = name.replace('.', '/') + ".class";
            byte[] bytes = generated.containsKey(file) ? generated.get(file) : read(file);
            return defineClass(name, Objects.requireNonNull(bytes), 0, bytes.length);
        }

        private byte[] read(String file) {
            try (InputStream in = Objects.requireNonNull(getParent().getResourceAsStream(file))) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
