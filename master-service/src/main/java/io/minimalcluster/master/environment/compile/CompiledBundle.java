package io.minimalcluster.master.environment.compile;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;

/** What the compiler made of an environment's sources; {@code bundle} has neither its libraries nor its resources. */
public record CompiledBundle(List<TargetFunction> functions, List<Diagnostic> warnings, byte[] bundle) {}
