package io.minimalcluster.client.reduce;

import io.minimalcluster.client.json.ValueMapper;
import io.minimalcluster.model.job.RawJson;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A reduction of the values of a job to one result, which the cluster computes: only the result is transferred.
 *
 * <pre>{@code
 * RemoteFunction<Long, Long> square = cluster.function(Main::square);
 * long sum = square.reduce(Reduction.sum(), List.of(1L, 2L, 3L));              // 14
 * OptionalDouble mean = square.reduce(Reduction.mean(), List.of(1L, 2L, 3L));  // 4.666…
 * Optional<Long> most = square.reduce(Long::max, List.of(1L, 2L, 3L));         // 9, by an operator of Java
 * }</pre>
 *
 * <p>Values are folded in the order of the arguments, in groups and then over the groups, so that the result does not
 * depend on batches or retries. Integers and {@code BigDecimal} are added exactly, {@code double} and {@code float} as
 * in Java. The reductions of numbers skip null.
 *
 * @param <V> the type of the values; a reduction of {@code Number} takes values of any number type
 * @param <S> the type of the result
 */
@SuppressWarnings("UnusedTypeParameter") // V decides which functions a reduction fits
public final class Reduction<V extends @Nullable Object, S> {
    private final String option;
    private final UnaryOperator<Type> type;
    private final Reading reading;

    /** How a result is read. */
    @FunctionalInterface
    private interface Reading {
        /**
         * Returns the result as the factory method declares it.
         *
         * @param reduced the JSON of the result; null for JSON null
         * @param type the type of the JSON
         */
        Object read(@Nullable String reduced, Type type);
    }

    private Reduction(String option, UnaryOperator<Type> type, Reading reading) {
        this.option = option;
        this.type = type;
        this.reading = reading;
    }

    /**
     * The sum, in the type of the values; 0 without values.
     *
     * @return a reduction whose call throws {@link ArithmeticException} if the sum does not fit the type of the values;
     *     {@link #sum(Class)} gives it another type
     */
    public static <V extends Number> Reduction<V, V> sum() {
        return new Reduction<>("sum", values -> values, Reduction::readSum);
    }

    /**
     * The sum in a type that holds it, such as {@code sum(Long.class)} of {@code int} values, or
     * {@code sum(BigInteger.class)}; 0 without values.
     *
     * @return a reduction whose call throws {@link ArithmeticException} if the sum does not fit the type; a
     *     {@code double} or {@code float} is the nearest to the sum
     */
    public static <S extends Number> Reduction<Number, S> sum(Class<S> type) {
        return new Reduction<>("sum", _ -> type, Reduction::readSum);
    }

    /** The number of values, null included; 0 without values. */
    public static Reduction<@Nullable Object, Long> count() {
        return new Reduction<>("count", _ -> Long.class, Reduction::required);
    }

    /** The least number, in the type of the values; empty without values. */
    public static <V extends Number> Reduction<V, Optional<V>> min() {
        return optional("min");
    }

    /** The greatest number, in the type of the values; empty without values. */
    public static <V extends Number> Reduction<V, Optional<V>> max() {
        return optional("max");
    }

    /** The arithmetic mean; empty without values. That of {@code BigDecimal} is rounded to a double. */
    public static Reduction<Number, OptionalDouble> mean() {
        return new Reduction<>("mean", _ -> Double.class, (reduced, type) -> {
            Object mean = value(reduced, type);
            return mean == null ? OptionalDouble.empty() : OptionalDouble.of((Double) mean);
        });
    }

    /**
     * A method of the code of the function, for code that {@code Cluster.load} has loaded. It takes two results and
     * gives one of the same type, and is associative. The result is empty without values, or if the method returns
     * null; that of a single value is the value.
     *
     * @param name the name of the method, such as {@code add}, {@code Pi.add} or {@code add(long,long)}; a method with
     *     the name of a built-in is named with its types, as {@code sum(long,long)}
     */
    public static <V extends @Nullable Object> Reduction<V, Optional<V>> method(String name) {
        return optional(name);
    }

    private static <V extends @Nullable Object> Reduction<V, Optional<V>> optional(String option) {
        return new Reduction<>(option, values -> values, (reduced, type) -> Optional.ofNullable(value(reduced, type)));
    }

    /** The value of the job option {@code reduce}. */
    public String option() {
        return option;
    }

    /**
     * The Java type of the reduced value.
     *
     * @param values the type of the values of the job
     */
    public Type type(Type values) {
        return type.apply(values);
    }

    /**
     * Reads the reduced value of a job that succeeded.
     *
     * @param reduced as in {@code Job.reduced()}; null for JSON null
     * @param values the type of the values of the job
     * @throws ArithmeticException if a sum does not fit its type
     * @throws IllegalArgumentException if the value does not fit its type otherwise
     */
    @SuppressWarnings("unchecked") // the factory method has paired the type and the reading
    public S read(@Nullable RawJson reduced, Type values) {
        return (S) reading.read(reduced == null || reduced.text().equals("null") ? null : reduced.text(), type(values));
    }

    private static @Nullable Object value(@Nullable String reduced, Type type) {
        return reduced == null ? null : ValueMapper.read(ValueMapper.reader(type), reduced);
    }

    private static Object required(@Nullable String reduced, Type type) {
        Object value = value(reduced, type);
        if (value == null) {
            throw new IllegalStateException("the master sent no reduced value");
        }
        return value;
    }

    private static Object readSum(@Nullable String reduced, Type type) {
        try {
            return required(reduced, type);
        } catch (IllegalArgumentException e) {
            throw unfit(reduced, type, e);
        }
    }

    private static ArithmeticException unfit(@Nullable String reduced, Type type, IllegalArgumentException cause) {
        ArithmeticException unfit = new ArithmeticException("the sum " + reduced + " does not fit " + type.getTypeName()
                + ": use Reduction.sum(type) with a type that holds it");
        unfit.initCause(cause);
        return unfit;
    }

    @Override
    public String toString() {
        return option;
    }
}
