package io.minimalcluster.client;

import io.minimalcluster.client.FakeExchange.Refused;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.CheckedEnvironment;
import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.NewEnvironment;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.function.NewFunction;
import io.minimalcluster.model.function.RegisteredFunction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The environments and functions of a {@link FakeMaster}. Any source gives an environment with {@code square(long)},
 * {@code half(long)}, which throws for odd arguments, {@code pair(long)}, which returns an object, and
 * {@code decimals(long)}, which returns a list. A source with the word {@code squre} does not compile.
 */
final class FakeCode {
    private static final List<TargetFunction> FUNCTIONS = List.of(
            function("square", "long"),
            function("half", "long"),
            function("pair", "Pair"),
            function("decimals", "long"));

    private final List<Environment> environments = new CopyOnWriteArrayList<>();
    private final List<RegisteredFunction> functions = new CopyOnWriteArrayList<>();

    /** What a job calls. */
    record Target(EnvironmentId environment, TargetFunction function) {}

    List<Environment> environments() {
        return environments;
    }

    List<RegisteredFunction> functions() {
        return functions;
    }

    void load(FakeExchange exchange) throws IOException {
        boolean check = "true".equals(exchange.parameters(Set.of("check")).get("check"));
        NewEnvironment posted = String.valueOf(exchange.header("Content-Type")).startsWith("text/plain")
                ? new NewEnvironment(null, Map.of("Main.java", exchange.lines().collect(Collectors.joining("\n"))))
                : exchange.body(NewEnvironment.class);
        List<Diagnostic> found = posted.sources().entrySet().stream()
                .flatMap(source -> diagnosticsOf(source.getKey(), source.getValue()))
                .toList();
        if (check) {
            exchange.ok(new CheckedEnvironment(FUNCTIONS, found));
        } else if (!found.isEmpty()) {
            throw new Refused(422, "compilation-failed", "the sources do not compile", Map.of("diagnostics", found));
        } else {
            String digest = Integer.toHexString(posted.sources().hashCode());
            Environment loaded = new Environment(
                    new EnvironmentId("env-" + digest),
                    posted.name(),
                    FUNCTIONS,
                    List.of(),
                    FakeMaster.NOW,
                    "authkey",
                    digest);
            boolean isNew = environments.stream().noneMatch(e -> e.id().equals(loaded.id()));
            if (isNew) {
                environments.addFirst(loaded);
            }
            exchange.send(isNew ? 201 : 200, loaded);
        }
    }

    /** Loads the code of a run. */
    EnvironmentId loadForRun() {
        EnvironmentId id = new EnvironmentId("env-run");
        environments.addFirst(new Environment(id, null, FUNCTIONS, List.of(), FakeMaster.NOW, "authkey", "run"));
        return id;
    }

    private static Stream<Diagnostic> diagnosticsOf(String file, String source) {
        List<Diagnostic> found = new ArrayList<>();
        List<String> lines = source.lines().toList();
        for (String line : lines) {
            int column = line.indexOf("squre") + 1;
            if (column > 0) {
                found.add(new Diagnostic(
                        file,
                        lines.indexOf(line) + 1,
                        column,
                        "error",
                        "compiler.err.cant.resolve.location",
                        "cannot find symbol\n  symbol: method squre",
                        line));
            }
        }
        return found.stream();
    }

    void register(FakeExchange exchange) throws IOException {
        NewFunction posted = exchange.body(NewFunction.class);
        TargetFunction method = method(environment(posted.environmentId().value()), posted.method());
        RegisteredFunction registered = new RegisteredFunction(
                posted.name() == null ? method.name() : posted.name(),
                posted.environmentId(),
                method.signature(),
                method.parameters(),
                method.returns(),
                FakeMaster.NOW,
                "authkey");
        functions.addFirst(registered);
        exchange.send(201, registered);
    }

    /** The function that a posted job calls by its registered name, or by environment and method. */
    Target target(JsonNode posted) {
        EnvironmentId environment =
                new EnvironmentId(posted.path("environmentId").asString(""));
        String name = posted.path("method").asString("");
        if (posted.has("function")) {
            RegisteredFunction registered = functions.stream()
                    .filter(f -> f.name().equals(posted.get("function").asString()))
                    .findFirst()
                    .orElseThrow(() -> new Refused(422, "unknown-function", "no such function", Map.of()));
            environment = registered.environmentId();
            name = registered.method();
        }
        return new Target(environment, method(environment(environment.value()), name));
    }

    Environment environment(String id) {
        return environments.stream()
                .filter(e -> e.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(404, "not-found", "no environment " + id, Map.of()));
    }

    private static TargetFunction method(Environment environment, String name) {
        return environment.functions().stream()
                .filter(f -> f.name().equals(name) || f.signature().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        422,
                        "unknown-function",
                        "no function " + name,
                        Map.of("candidates", List.of("square(long)", "half(long)"))));
    }

    private static TargetFunction function(String name, String returns) {
        Shape number = new Shape(Shape.Kind.INTEGER, false, null, null);
        return new TargetFunction(name, "Main", List.of(new Parameter("x", "long", number)), returns, name + "(long)");
    }
}
