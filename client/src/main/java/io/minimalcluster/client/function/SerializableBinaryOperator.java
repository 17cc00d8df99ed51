package io.minimalcluster.client.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An operator by which a cluster reduces results, such as {@code Long::sum}. It is associative, because a cluster
 * applies it to groups of results. A method reference, or a lambda without captured values, is one where a method takes
 * this type.
 *
 * @param <R> the type of the two results, and of the one that the operator makes of them
 */
@FunctionalInterface
public interface SerializableBinaryOperator<R extends @Nullable Object> extends Serializable {
    R apply(R one, R other) throws Exception;
}
