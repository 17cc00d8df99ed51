package io.minimalcluster.model.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target function: a method, or a field that holds a {@code java.util.function} interface, that a job maps over
 * arguments.
 *
 * @param name the simple name of the method or field
 * @param owner the binary name of the class that declares or inherits it, such as {@code Main} or
 *     {@code com.acme.Outer$Inner}
 * @param returns the generic type of the result as in source code, {@code void} for none
 * @param signature identifies the function in its environment: {@code square(long)} in a compact source,
 *     {@code com.acme.Pi.square(long)} in a class
 * @param inherited true for a method that another class declares; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TargetFunction(
        String name,
        String owner,
        List<Parameter> parameters,
        String returns,
        String signature,
        @Nullable Boolean inherited) {
    public TargetFunction {
        parameters = List.copyOf(parameters);
    }

    /** A target function that its owner declares. */
    public TargetFunction(String name, String owner, List<Parameter> parameters, String returns, String signature) {
        this(name, owner, parameters, returns, signature, null);
    }
}
