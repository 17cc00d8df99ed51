package io.minimalcluster.task.frame;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;

/** The header of a COMPILED frame, whose body is the bundle. */
public record CompileResult(List<TargetFunction> functions, List<Diagnostic> warnings) {}
