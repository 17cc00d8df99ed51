package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.job.argument.ValueTypeCheck;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The last parameter of a function, where a job gives it the same value for all tasks. */
public final class SharedParameter {
    private SharedParameter() {}

    /** The function as the arguments of the job see it: with a parameter less where the options have a shared value. */
    public static TargetFunction aside(TargetFunction function, JobOptions options) {
        RawJson shared = options.shared();
        if (shared == null) {
            return function;
        }
        List<Parameter> parameters = function.parameters();
        if (parameters.size() < 2) {
            throw new InvalidOption(
                    "shared",
                    "a function of two parameters or more",
                    "shared is given to the last parameter, and " + function.signature() + " needs another.");
        }
        checkFit(parameters.getLast(), shared);
        return new TargetFunction(
                function.name(),
                function.owner(),
                parameters.subList(0, parameters.size() - 1),
                function.returns(),
                function.signature());
    }

    private static void checkFit(Parameter parameter, RawJson shared) {
        String expected =
                ValueTypeCheck.expectedInsteadOf(parameter, shared.text().getBytes(StandardCharsets.UTF_8));
        if (expected != null) {
            throw new InvalidOption("shared", expected, "shared does not fit the parameter " + parameter.name() + ".");
        }
    }
}
