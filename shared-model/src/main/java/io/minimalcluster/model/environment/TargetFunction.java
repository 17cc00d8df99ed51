package io.minimalcluster.model.environment;

import java.util.List;

/**
 * A target function: a method, or a field that holds a {@code java.util.function} interface, that a job maps over
 * arguments.
 *
 * @param name the simple name of the method or field
 * @param owner the binary name of the declaring class, such as {@code Main} or {@code com.acme.Outer$Inner}
 * @param returns the generic type of the result as in source code, {@code void} for none
 * @param signature identifies the function in its environment: {@code square(long)} in a compact source,
 *     {@code com.acme.Pi.square(long)} in a class
 */
public record TargetFunction(String name, String owner, List<Parameter> parameters, String returns, String signature) {
    public TargetFunction {
        parameters = List.copyOf(parameters);
    }
}
