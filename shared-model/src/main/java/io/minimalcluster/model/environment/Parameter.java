package io.minimalcluster.model.environment;

/**
 * A parameter of a target function.
 *
 * @param type the generic type as in source code, such as {@code java.util.List<long[]>}
 * @param shape the JSON that fits the type
 */
public record Parameter(String name, String type, Shape shape) {}
