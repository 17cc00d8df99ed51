package io.minimalcluster.task.frame;

import io.minimalcluster.model.environment.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sources that don't compile.
 *
 * @param badFile the file whose name or place is refused; null where the diagnostics say it all
 * @param reason why the file is refused
 */
public record CompileRejection(
        List<Diagnostic> diagnostics,
        @Nullable String badFile,
        @Nullable String reason) {}
