package io.minimalcluster.master.environment;

import io.minimalcluster.master.error.MasterException.AmbiguousFunction;
import io.minimalcluster.master.error.MasterException.UnknownFunction;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds the target function that {@code square}, {@code Pi.square} or {@code square(long)} means. */
@Component
public class FunctionLookup {
    private final Environments environments;

    FunctionLookup(Environments environments) {
        this.environments = environments;
    }

    /** The one target function of the caller's environment that is meant. */
    public TargetFunction find(Caller caller, EnvironmentId id, String method) {
        return find(environments.get(caller, id).functions(), method);
    }

    /** The target function that the signature names, whoever may see the environment. */
    public TargetFunction of(EnvironmentId id, String signature) {
        return find(environments.functions(id), signature);
    }

    static TargetFunction find(List<TargetFunction> functions, String method) {
        List<TargetFunction> found =
                functions.stream().filter(function -> isMeant(function, method)).toList();
        if (found.size() > 1) {
            throw new AmbiguousFunction(method, signatures(found));
        }
        return found.stream().findFirst().orElseThrow(() -> new UnknownFunction(method, signatures(functions)));
    }

    private static List<String> signatures(List<TargetFunction> functions) {
        return functions.stream().map(TargetFunction::signature).limit(50).toList();
    }

    private static boolean isMeant(TargetFunction function, String method) {
        String asked = method.replace(" ", "");
        String signature = function.signature().replace(" ", "");
        int parenthesis = signature.indexOf('(');
        String qualified = function.owner().replace('$', '.') + "." + function.name();
        String parameters = signature.substring(parenthesis < 0 ? signature.length() : parenthesis);
        boolean withParameters = asked.endsWith(")");
        String wanted = withParameters ? qualified + parameters : qualified;
        return wanted.equals(asked) || wanted.endsWith("." + asked);
    }
}
