package io.minimalcluster.micro;

import io.minimalcluster.task.bind.BoundFunction;
import io.minimalcluster.task.bind.JsonElement;
import io.minimalcluster.task.bind.JsonElements;
import io.minimalcluster.task.bind.NamedParameter;
import io.minimalcluster.task.bind.ValueWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The path of an argument through an executor: JSON, bound value, call of a function that returns its argument, JSON.
 * An operation is a batch. The bytes are those of the arguments.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(jvmArgsAppend = "-XX:+UseSerialGC")
public class BindCallWriteBenchmark {
    private static final int CAPACITY = 2 << 20;
    private static final int MAX_RESULT = 16 << 20;

    /** The functions, whose values are their arguments. */
    static final class Functions {
        long number(long x) {
            return x;
        }

        Item item(Item item) {
            return item;
        }

        String text(String text) {
            return text;
        }

        List<Double> decimals(List<Double> decimals) {
            return decimals;
        }
    }

    /** The record type. */
    record Item(String name, double amount, boolean isOpen, List<String> tags, Integer next) {}

    /** A function and a batch of its arguments. */
    static class Batch {
        private final byte[] arguments;
        private final MethodHandle call;
        private final JsonElement element = new JsonElement();
        private final ValueWriter values = new ValueWriter(CAPACITY, MAX_RESULT);

        Batch(String function, byte[] arguments) {
            this.arguments = arguments;
            this.call = bound(function).onElement();
        }

        /** Runs the batch as an executor does. Returns the length of the values. */
        int run(Volume volume) throws Throwable {
            volume.bytes += arguments.length;
            values.clear();
            JsonElements elements = new JsonElements(arguments);
            while (elements.next(element)) {
                values.begin();
                call.invokeExact(values, element);
                values.end();
            }
            return values.length();
        }

        private static BoundFunction bound(String name) {
            Method method = Arrays.stream(Functions.class.getDeclaredMethods())
                    .filter(candidate -> candidate.getName().equals(name))
                    .findFirst()
                    .orElseThrow();
            try {
                return BoundFunction.of(
                        MethodHandles.lookup().unreflect(method).bindTo(new Functions()),
                        List.of(new NamedParameter("x", method.getGenericParameterTypes()[0])));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** 1,000 integers. */
    @State(Scope.Benchmark)
    public static class Numbers extends Batch {
        public Numbers() {
            super("number", JsonLists.integers(1_000));
        }
    }

    /** 1,000 objects for a record. */
    @State(Scope.Benchmark)
    public static class Items extends Batch {
        public Items() {
            super("item", JsonLists.records(1_000));
        }
    }

    /** A string of 100 KB. */
    @State(Scope.Benchmark)
    public static class Text extends Batch {
        public Text() {
            super("text", JsonLists.texts(1));
        }
    }

    /** A list of 1,000 decimals. */
    @State(Scope.Benchmark)
    public static class Decimals extends Batch {
        public Decimals() {
            super("decimals", JsonLists.nested(JsonLists.decimals(1_000)));
        }
    }

    @Benchmark
    public int callWith1000Numbers(Numbers numbers, Volume volume) throws Throwable {
        return numbers.run(volume);
    }

    @Benchmark
    public int callWith1000Records(Items items, Volume volume) throws Throwable {
        return items.run(volume);
    }

    @Benchmark
    public int callWithText(Text text, Volume volume) throws Throwable {
        return text.run(volume);
    }

    @Benchmark
    public int callWith1000Decimals(Decimals decimals, Volume volume) throws Throwable {
        return decimals.run(volume);
    }
}
