package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.environment.FunctionLookup;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.function.Functions;
import io.minimalcluster.master.reduce.fold.BuiltInReduction;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Resolves the target function of a submitted job. */
@Component
public class TargetResolver {
    private final Functions functions;
    private final FunctionLookup lookup;

    TargetResolver(Functions functions, FunctionLookup lookup) {
        this.functions = functions;
        this.lookup = lookup;
    }

    /**
     * Resolves a target by the registered name of a function, or by environment and method.
     *
     * @throws Malformed if the names are incomplete or contradict each other
     */
    public Target find(Caller caller, Named named) {
        if (named.function() != null) {
            if (named.environmentId() != null || named.method() != null) {
                throw Malformed.field("function", "Name a function, or an environmentId and a method, not both.");
            }
            Functions.Resolved resolved = functions.resolve(caller, named.function());
            return new Target(
                    named.function(),
                    resolved.environment(),
                    lookup.of(resolved.environment(), resolved.method()),
                    null);
        }
        if (named.environmentId() == null || named.method() == null) {
            String missing = named.environmentId() == null ? "function" : "method";
            throw Malformed.field(missing, "Name a function, or an environmentId and a method.");
        }
        EnvironmentId environment = new EnvironmentId(named.environmentId());
        return new Target(null, environment, lookup.find(caller, environment, named.method()), null);
    }

    /** Adds the reduction of the options, if any, after validation. */
    Target reducing(Target target, JobOptions options) {
        return target.reducing(options, named -> lookup.of(target.environment(), named));
    }

    /** The names of the target in a request. */
    public record Named(
            @Nullable String function,
            @Nullable String environmentId,
            @Nullable String method) {
        /** Whether the names identify a target. */
        public boolean isComplete() {
            return function != null || (environmentId != null && method != null);
        }
    }

    /**
     * A resolved target.
     *
     * @param reduce the reduction: a built-in or the signature of a method; null for none
     */
    public record Target(
            @Nullable String name,
            EnvironmentId environment,
            TargetFunction function,
            @Nullable String reduce) {
        /** Creates a target without a reduction. */
        public static Target of(EnvironmentId environment, TargetFunction function) {
            return new Target(null, environment, function, null);
        }

        /** Adds the reduction of the options, if any, after its lookup and validation. */
        public Target reducing(JobOptions options, Function<String, TargetFunction> methods) {
            String named = options.reduce();
            if (named == null) {
                return this;
            }
            String checked = BuiltInReduction.of(named)
                    .map(builtIn -> ReduceValidator.check(builtIn, function))
                    .orElseGet(() -> ReduceValidator.check(methods.apply(named), function));
            return new Target(name, environment, function, checked);
        }
    }
}
