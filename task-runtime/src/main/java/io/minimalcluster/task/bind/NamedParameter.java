package io.minimalcluster.task.bind;

import java.lang.reflect.Type;

/** A parameter to bind: its name, and its type with all that is known of it. */
public record NamedParameter(String name, Type type) {}
