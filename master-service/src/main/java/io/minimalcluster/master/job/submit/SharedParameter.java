package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.InvalidArguments;
import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.job.argument.ValueTypeCheck;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Handles the last parameter of a function when a job gives all tasks a shared value for it. */
public final class SharedParameter {
    /** A method handle with more parameters cannot be made. */
    private static final int MAX_PARAMETERS = 253;

    private SharedParameter() {}

    /**
     * Returns the function that the arguments of a task have to fit: without its last parameter if the options have a
     * shared value.
     *
     * @throws InvalidArguments if no argument can ever fit the function
     * @throws InvalidOption if the shared value does not fit
     */
    public static TargetFunction withoutShared(TargetFunction function, JobOptions options) {
        checkBindable(function);
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

    private static void checkBindable(TargetFunction function) {
        List<Parameter> parameters = function.parameters();
        if (parameters.size() > MAX_PARAMETERS) {
            throw new InvalidArguments(
                    function.signature().replaceFirst("\\(.*", "") + " has " + parameters.size()
                            + " parameters, and a target function has at most " + MAX_PARAMETERS + ".",
                    null,
                    null,
                    "at most " + MAX_PARAMETERS + " parameters");
        }
        for (Parameter parameter : parameters) {
            if (parameter.shape().kind() == Shape.Kind.NONE) {
                throw new InvalidArguments(
                        "No argument can be read into the parameter " + parameter.name() + " of type "
                                + parameter.type() + ": an inner class needs an instance of its outer class, and an"
                                + " abstract type has no instances. Make it static, or take a record or an enum.",
                        null,
                        null,
                        "a static class, a record or an enum in place of " + parameter.type());
            }
        }
    }

    private static void checkFit(Parameter parameter, RawJson shared) {
        String expected =
                ValueTypeCheck.expectedInsteadOf(parameter, shared.text().getBytes(StandardCharsets.UTF_8));
        if (expected != null) {
            throw new InvalidOption("shared", expected, "shared does not fit the parameter " + parameter.name() + ".");
        }
    }
}
