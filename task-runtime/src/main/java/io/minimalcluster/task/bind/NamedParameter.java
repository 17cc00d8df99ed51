package io.minimalcluster.task.bind;

import java.lang.reflect.Type;

/** A parameter to bind: its name and its generic type. */
public record NamedParameter(String name, Type type) {}
