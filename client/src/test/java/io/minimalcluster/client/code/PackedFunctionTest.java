package io.minimalcluster.client.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.client.function.SerializableCallable;
import io.minimalcluster.client.function.SerializableFunction;
import io.minimalcluster.client.function.TypeRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
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
        FunctionReference reference = FunctionReference.of(function);
        BridgeTypes types = BridgeTypes.of(reference, argument, result);
        Map<String, byte[]> files = new BridgeClass(reference, types).files();
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

    @Test
    void capturedObjectsAreRefused() {
        List<Long> list = new ArrayList<>(List.of(1L));

        assertThatThrownBy(() -> PackedFunction.of((SerializableFunction<Long, Long>) x -> x + list.size(), null, null))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageStartingWith(
                        "a lambda of PackedFunctionTest captures a java.util.List, which can't be sent");
        assertThatThrownBy(() -> PackedFunction.of((SerializableFunction<Long, Long>) this::field, null, null))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageContaining("captures a " + PackedFunctionTest.class.getName());
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
