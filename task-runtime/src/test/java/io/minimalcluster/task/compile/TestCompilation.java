package io.minimalcluster.task.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.frame.CompileRequest;
import java.util.List;
import java.util.Map;

/** Compiles sources of tests. */
final class TestCompilation {
    private static final Javac JAVAC = new Javac();

    private TestCompilation() {}

    static Compilation.Result compile(Map<String, String> sources) {
        return new Compilation(JAVAC).of(new CompileRequest(sources));
    }

    static Compilation.Result.Bundled bundled(Map<String, String> sources) {
        Compilation.Result result = compile(sources);
        assertThat(result).isInstanceOf(Compilation.Result.Bundled.class);
        return (Compilation.Result.Bundled) result;
    }

    static List<TargetFunction> functions(String source) {
        return bundled(Map.of("Main.java", source)).compiled().functions();
    }

    static List<String> signatures(String source) {
        return functions(source).stream().map(TargetFunction::signature).toList();
    }
}
