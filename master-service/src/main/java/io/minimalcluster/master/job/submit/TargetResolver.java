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

/** Finds what a posted job is to run. */
@Component
public class TargetResolver {
    private final Functions functions;
    private final FunctionLookup lookup;

    TargetResolver(Functions functions, FunctionLookup lookup) {
        this.functions = functions;
        this.lookup = lookup;
    }

    /** The function by its name, or by environment and method. */
    public Target find(Caller caller, Named named) {
        if (named.function() != null) {
            if (named.environmentId() != null || named.method() != null) {
                throw Malformed.field("function", "Name a function, or an environmentId and a method, not both.");
            }
            Functions.Meaning meaning = functions.meaningOf(caller, named.function());
            return new Target(
                    named.function(), meaning.environment(), lookup.of(meaning.environment(), meaning.method()), null);
        }
        if (named.environmentId() == null || named.method() == null) {
            String missing = named.environmentId() == null ? "function" : "method";
            throw Malformed.field(missing, "Name a function, or an environmentId and a method.");
        }
        EnvironmentId environment = new EnvironmentId(named.environmentId());
        return new Target(null, environment, lookup.find(caller, environment, named.method()), null);
    }

    /** With what folds the values, if the options name it, found and checked. */
    Target reducing(Target target, JobOptions options) {
        return target.reducing(options, named -> lookup.of(target.environment(), named));
    }

    /** What the post names. */
    public record Named(
            @Nullable String function,
            @Nullable String environmentId,
            @Nullable String method) {
        /** Whether it is enough to look for. */
        public boolean isComplete() {
            return function != null || (environmentId != null && method != null);
        }
    }

    /**
     * What is to run.
     *
     * @param reduce what folds the values: a built-in, or a signature; null for nothing
     */
    public record Target(
            @Nullable String name,
            EnvironmentId environment,
            TargetFunction function,
            @Nullable String reduce) {
        /** A method of an environment, which nothing folds. */
        public static Target of(EnvironmentId environment, TargetFunction function) {
            return new Target(null, environment, function, null);
        }

        /** With what folds the values, if the options name it, found among the methods and checked. */
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
