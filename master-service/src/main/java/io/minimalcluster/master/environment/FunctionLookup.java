package io.minimalcluster.master.environment;

import io.minimalcluster.master.error.MasterException.AmbiguousFunction;
import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.error.MasterException.UnknownFunction;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.support.LruCache;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Resolves names such as {@code square}, {@code Pi.square} or {@code square(long)} to a target function. */
@Component
public class FunctionLookup {
    private static final int CACHED = 500;

    /** A client may add any number of spaces and type arguments to a name. */
    private static final int MAX_CACHED_NAME = 500;

    /** Length of a function as text. Source code may name any number of parameters and members, of any length. */
    private static final int MAX_CACHED_FUNCTION = 16_000;

    private final Environments environments;

    /** Functions by environment and name. The content of an environment never changes. */
    private final Map<Key, TargetFunction> cache = LruCache.of(CACHED);

    FunctionLookup(Environments environments) {
        this.environments = environments;
    }

    /**
     * Resolves a name in an environment that is visible to the caller.
     *
     * @throws UnknownFunction if no function matches
     * @throws AmbiguousFunction if several functions match
     */
    public TargetFunction find(Caller caller, EnvironmentId id, String method) {
        if (id.value().indexOf('\0') >= 0) {
            throw new NotFound("environment"); // no environment has it, and PostgreSQL cannot compare it
        }
        environments.checkVisible(caller, id);
        return of(id, method);
    }

    /**
     * The target function with the name or signature, in an environment of any owner. The environment may have been
     * deleted.
     */
    public TargetFunction of(EnvironmentId id, String method) {
        Key key = new Key(id, method);
        TargetFunction known = cache.get(key);
        if (known != null) {
            return known;
        }
        TargetFunction found = find(environments.functions(id), method);
        if (method.length() <= MAX_CACHED_NAME && found.toString().length() <= MAX_CACHED_FUNCTION) {
            cache.put(key, found);
        }
        return found;
    }

    private record Key(EnvironmentId environment, String method) {}

    /** Finds a function. A class that declares a method comes before those that inherit it. */
    static TargetFunction find(List<TargetFunction> functions, String method) {
        RequestedFunction requested = RequestedFunction.of(method);
        List<TargetFunction> found = matching(functions, requested);
        List<TargetFunction> declared =
                found.stream().filter(function -> function.inherited() == null).toList();
        if (found.size() > 1 && declared.size() != 1) {
            throw new AmbiguousFunction(method, signatures(found.stream()));
        }
        if (found.size() > 1) {
            return declared.getFirst();
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new UnknownFunction(
                        method,
                        signatures(functions.stream()
                                .sorted(Comparator.comparingInt(requested::similarity)
                                        .reversed()))));
    }

    /** The functions with exactly the requested parameters if there are any, else those with types of these names. */
    private static List<TargetFunction> matching(List<TargetFunction> functions, RequestedFunction requested) {
        List<TargetFunction> named = functions.stream()
                .filter(requested::hasName)
                .filter(requested::hasSimpleTypes)
                .toList();
        List<TargetFunction> exact =
                named.stream().filter(requested::hasExactTypes).toList();
        return exact.isEmpty() ? named : exact;
    }

    private static List<String> signatures(Stream<TargetFunction> functions) {
        return functions.map(TargetFunction::signature).limit(50).toList();
    }
}
