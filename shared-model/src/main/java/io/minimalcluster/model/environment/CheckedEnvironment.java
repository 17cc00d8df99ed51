package io.minimalcluster.model.environment;

import java.util.List;

/** The response of {@code POST /environments?check=true}: the result of the compilation, without storing it. */
public record CheckedEnvironment(List<TargetFunction> functions, List<Diagnostic> diagnostics) {
    public CheckedEnvironment {
        functions = List.copyOf(functions);
        diagnostics = List.copyOf(diagnostics);
    }
}
