package io.minimalcluster.master.environment;

import io.minimalcluster.master.environment.compile.CompiledBundle;
import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An environment that is ready to be stored.
 *
 * @param made the result of the compilation; null if the content is already in the store
 */
public record PreparedEnvironment(
        PostedContent content,
        List<TargetFunction> functions,
        @Nullable Made made) {
    /** The result of the compilation. */
    record Made(CompiledBundle compiled, Bundle bundle) {}

    public PreparedEnvironment {
        functions = List.copyOf(functions);
    }

    static PreparedEnvironment made(PostedContent content, CompiledBundle compiled, Bundle bundle) {
        return new PreparedEnvironment(content, compiled.functions(), new Made(compiled, bundle));
    }

    public EnvironmentId id() {
        return content.id();
    }

    /** Resolves a name to a target function of this environment. */
    public TargetFunction find(String method) {
        return FunctionLookup.find(functions, method);
    }
}
