package io.minimalcluster.model.environment;

import java.util.List;

/**
 * A method, or a field that holds a {@code java.util.function} interface, that a job can map over arguments.
 *
 * @param name the method's or field's simple name
 * @param owner the binary name of the class that declares it, such as {@code Main} or {@code com.acme.Outer$Inner}
 * @param returns the generic type of the result as source code has it, {@code void} for none
 * @param signature what names it without doubt in its environment: {@code square(long)} in a compact source,
 *     {@code com.acme.Pi.square(long)} in a class
 */
public record TargetFunction(String name, String owner, List<Parameter> parameters, String returns, String signature) {
    public TargetFunction {
        parameters = List.copyOf(parameters);
    }
}
