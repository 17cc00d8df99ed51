package io.minimalcluster.master.environment;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An environment that could be kept: compiled by now, or in the store already. */
public final class ReadyEnvironment {
    private final Content content;
    private final @Nullable CompiledBundle compiled;
    private final List<TargetFunction> functions;

    private ReadyEnvironment(Content content, @Nullable CompiledBundle compiled, List<TargetFunction> functions) {
        this.content = content;
        this.compiled = compiled;
        this.functions = List.copyOf(functions);
    }

    static ReadyEnvironment compiled(Content content, CompiledBundle bundle) {
        return new ReadyEnvironment(content, bundle, bundle.functions());
    }

    static ReadyEnvironment known(Content content, List<TargetFunction> functions) {
        return new ReadyEnvironment(content, null, functions);
    }

    public EnvironmentId id() {
        return content.id();
    }

    /** The one target function of it that is meant. */
    public TargetFunction find(String method) {
        return FunctionLookup.find(functions, method);
    }

    Content content() {
        return content;
    }

    /** Null where the content is in the store already. */
    @Nullable
    CompiledBundle bundle() {
        return compiled;
    }
}
