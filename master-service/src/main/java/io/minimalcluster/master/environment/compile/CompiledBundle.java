package io.minimalcluster.master.environment.compile;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;

/** The result of a compilation. {@code bundle} contains neither libraries nor resources. */
public record CompiledBundle(List<TargetFunction> functions, List<Diagnostic> warnings, byte[] bundle) {}
