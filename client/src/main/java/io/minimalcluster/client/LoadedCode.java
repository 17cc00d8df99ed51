package io.minimalcluster.client;

import io.minimalcluster.client.function.TypeRef;
import io.minimalcluster.model.environment.Environment;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Code that a cluster has compiled.
 *
 * <p>Values of a loaded function are reduced by a built-in or by a method of the same code:
 * {@code code.function("steps", Long.class, Long.class).reduce(Reduction.method("longer"), list)}.
 */
public final class LoadedCode {
    private final Cluster cluster;
    private final Environment environment;

    LoadedCode(Cluster cluster, Environment environment) {
        this.cluster = cluster;
        this.environment = environment;
    }

    /** The id of the code, its target functions and the warnings of the compiler. */
    public Environment environment() {
        return environment;
    }

    /**
     * A target function with the types of its arguments and values.
     *
     * @param name the name of the method, such as {@code square}, {@code Pi.square} or {@code square(long)}
     * @param argument for a function of several parameters an array, a list, or a record with their names
     */
    public <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> function(
            String name, Class<A> argument, Class<R> result) {
        return function(name, (Type) argument, result);
    }

    /**
     * A target function whose argument or value is of a generic type.
     *
     * @param name the name of the method, such as {@code square}, {@code Pi.square} or {@code square(long)}
     */
    public <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> function(
            String name, TypeRef<A> argument, TypeRef<R> result) {
        return function(name, argument.type(), result.type());
    }

    private <A extends @Nullable Object, R extends @Nullable Object> RemoteFunction<A, R> function(
            String name, Type argument, Type result) {
        return RemoteFunction.ofLoaded(cluster, new NewJob.Method(environment.id(), name), argument, result);
    }
}
