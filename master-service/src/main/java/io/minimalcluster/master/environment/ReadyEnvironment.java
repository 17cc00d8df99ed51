package io.minimalcluster.master.environment;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An environment that could be kept: compiled by now, or in the store already. */
public final class ReadyEnvironment {
    private final Content content;
    private final @Nullable Made made;
    private final List<TargetFunction> functions;

    /** What was made of the content by now. */
    record Made(CompiledBundle compiled, Bundle bundle) {}

    private ReadyEnvironment(Content content, @Nullable Made made, List<TargetFunction> functions) {
        this.content = content;
        this.made = made;
        this.functions = List.copyOf(functions);
    }

    static ReadyEnvironment made(Content content, CompiledBundle compiled, Bundle bundle) {
        return new ReadyEnvironment(content, new Made(compiled, bundle), compiled.functions());
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

    /** Empty where the content is in the store already. */
    Optional<Made> made() {
        return Optional.ofNullable(made);
    }
}
