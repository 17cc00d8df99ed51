package io.minimalcluster.client.reduce;

import io.minimalcluster.client.json.ValueMapper;
import io.minimalcluster.model.job.RawJson;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
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
    private final Reading reading;

    /** How a result is read. */
    @FunctionalInterface
    private interface Reading {
        /**
         * Returns the result in the type that the factory method declares.
         *
         * @param reduced the JSON of the result; null for JSON null
         * @param values the type of the values
         */
        Object read(@Nullable String reduced, Type values);
    }

    private Reduction(String option, Reading reading) {
        this.option = option;
        this.reading = reading;
    }

    /**
     * The sum, in the type of the values; 0 without values.
     *
     * @return a reduction whose call throws {@link ArithmeticException} if the sum does not fit the type of the values;
     *     {@link #sum(Class)} gives it another type
     */
    public static <V extends Number> Reduction<V, V> sum() {
        return new Reduction<>("sum", Reduction::readSum);
    }

    /**
     * The sum in a type that holds it, such as {@code sum(Long.class)} of {@code int} values, or
     * {@code sum(BigInteger.class)}; 0 without values.
     *
     * @return a reduction whose call throws {@link ArithmeticException} if the sum does not fit the type
     */
    public static <S extends Number> Reduction<Number, S> sum(Class<S> type) {
        return new Reduction<>("sum", (reduced, _) -> readSum(reduced, type));
    }

    /** The number of values, null included; 0 without values. */
    public static Reduction<@Nullable Object, Long> count() {
        return new Reduction<>("count", (reduced, _) -> required(reduced, Long.class));
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
        return new Reduction<>("mean", (reduced, _) -> {
            Object mean = value(reduced, Double.class);
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
        return new Reduction<>(option, (reduced, values) -> Optional.ofNullable(value(reduced, values)));
    }

    /** The value of the job option {@code reduce}. */
    public String option() {
        return option;
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
        return (S) reading.read(reduced == null || reduced.text().equals("null") ? null : reduced.text(), values);
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
        Object sum;
        try {
            sum = required(reduced, type);
        } catch (IllegalArgumentException e) {
            throw unfit(reduced, type, e);
        }
        if (isRounded(sum, String.valueOf(reduced))) {
            throw unfit(reduced, type, null);
        }
        return sum;
    }

    /** Whether a reader dropped digits of a number that is not an integer of the type. */
    private static boolean isRounded(Object sum, String reduced) {
        return switch (sum) {
            case Byte _, Short _, Integer _, Long _ ->
                new BigDecimal(reduced).compareTo(new BigDecimal(sum.toString())) != 0;
            default -> false;
        };
    }

    private static ArithmeticException unfit(
            @Nullable String reduced, Type type, @Nullable IllegalArgumentException cause) {
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
