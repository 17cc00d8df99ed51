package io.minimalcluster.client.function;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A callable that a cluster can run: a lambda that captures records and plain values, or a record. */
@FunctionalInterface
public interface SerializableCallable<R extends @Nullable Object> extends Callable<R>, Serializable {}
