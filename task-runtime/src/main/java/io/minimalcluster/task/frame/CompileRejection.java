package io.minimalcluster.task.frame;

import io.minimalcluster.model.environment.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of a REJECTED frame: sources that don't compile.
 *
 * @param badFile the file whose name or folder is rejected; null if only diagnostics are reported
 * @param reason the reason for the rejection of the file; without a file, the limit of the compiler that the sources
 *     exceed
 */
public record CompileRejection(
        List<Diagnostic> diagnostics,
        @Nullable String badFile,
        @Nullable String reason) {}
