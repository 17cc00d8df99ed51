package io.minimalcluster.model.environment;

import java.util.List;

/** What {@code POST /environments?check=true} answers: what would be there, with nothing stored. */
public record CheckedEnvironment(List<TargetFunction> functions, List<Diagnostic> diagnostics) {
    public CheckedEnvironment {
        functions = List.copyOf(functions);
        diagnostics = List.copyOf(diagnostics);
    }
}
