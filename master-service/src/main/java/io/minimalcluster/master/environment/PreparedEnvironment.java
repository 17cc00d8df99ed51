package io.minimalcluster.master.environment;

import io.minimalcluster.master.environment.compile.CompiledBundle;
import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An environment that is ready to be stored: just compiled, or already in the store. */
public final class PreparedEnvironment {
    private final PostedContent content;
    private final @Nullable Made made;
    private final List<TargetFunction> functions;

    /** The result of the compilation. */
    record Made(CompiledBundle compiled, Bundle bundle) {}

    private PreparedEnvironment(PostedContent content, @Nullable Made made, List<TargetFunction> functions) {
        this.content = content;
        this.made = made;
        this.functions = List.copyOf(functions);
    }

    static PreparedEnvironment made(PostedContent content, CompiledBundle compiled, Bundle bundle) {
        return new PreparedEnvironment(content, new Made(compiled, bundle), compiled.functions());
    }

    static PreparedEnvironment known(PostedContent content, List<TargetFunction> functions) {
        return new PreparedEnvironment(content, null, functions);
    }

    public EnvironmentId id() {
        return content.id();
    }

    /** Resolves a name to a target function of this environment. */
    public TargetFunction find(String method) {
        return FunctionLookup.find(functions, method);
    }

    PostedContent content() {
        return content;
    }

    /** The result of the compilation; empty if the content is already in the store. */
    Optional<Made> made() {
        return Optional.ofNullable(made);
    }
}
