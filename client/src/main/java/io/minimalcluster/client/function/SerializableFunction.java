package io.minimalcluster.client.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that a cluster can run. A method reference or a lambda is one where a method takes this type.
 *
 * @param <A> the argument of a task
 * @param <R> the value of a task
 */
@FunctionalInterface
public interface SerializableFunction<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {
    R apply(A argument) throws Exception;
}
