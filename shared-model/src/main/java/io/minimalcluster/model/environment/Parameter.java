package io.minimalcluster.model.environment;

/**
 * A parameter of a target function.
 *
 * @param type its generic type as source code has it, such as {@code java.util.List<long[]>}
 * @param shape the JSON that fits it
 */
public record Parameter(String name, String type, Shape shape) {}
