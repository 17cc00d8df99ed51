package io.minimalcluster.task.frame;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;

/** A compiled environment; the bundle is the body. */
public record CompileResult(List<TargetFunction> functions, List<Diagnostic> warnings) {}
