package io.minimalcluster.master.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minimalcluster.master.error.MasterException.AmbiguousFunction;
import io.minimalcluster.master.error.MasterException.UnknownFunction;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionLookupTest {
    private static TargetFunction function(String owner, String parameters, @Nullable Boolean inherited) {
        return new TargetFunction("f", owner, List.of(), "int", owner + ".f" + parameters, inherited);
    }

    @Test
    void declaringClassComesBeforeThoseThatInherit() {
        List<TargetFunction> functions = List.of(
                function("Base", "(int)", null), function("One", "(int)", true), function("Two", "(int)", true));

        assertThat(FunctionLookup.find(functions, "f").owner()).isEqualTo("Base");
        assertThat(FunctionLookup.find(functions, "f(int)").owner()).isEqualTo("Base");
        assertThat(FunctionLookup.find(functions, "Two.f").owner()).isEqualTo("Two");
    }

    @Test
    void onlyInheritedFunctionsAreAmbiguous() {
        List<TargetFunction> functions = List.of(function("One", "(int)", true), function("Two", "(int)", true));

        assertThatExceptionOfType(AmbiguousFunction.class)
                .isThrownBy(() -> FunctionLookup.find(functions, "f"))
                .satisfies(e -> assertThat(e.candidates()).containsExactly("One.f(int)", "Two.f(int)"));
        assertThat(FunctionLookup.find(functions.subList(0, 1), "f").owner()).isEqualTo("One");
    }

    @Test
    void overloadsAreAmbiguousWithoutASignature() {
        List<TargetFunction> functions = List.of(
                function("One", "(int)", null), function("One", "(long)", null), function("One", "(char)", true));

        assertThatExceptionOfType(AmbiguousFunction.class).isThrownBy(() -> FunctionLookup.find(functions, "f"));
        assertThat(FunctionLookup.find(functions, "f(char)").signature()).isEqualTo("One.f(char)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f(int...) | One.f(int[])",
                "f(java.lang.String) | One.f(String)",
                "f(List<Map<String, Integer>>, String[]...) | One.f(java.util.List,String[][])",
                "f(java.util.List) | One.f(java.util.List)",
                "f(One.Point) | One.f(a.One.Point)",
                "f(Point) | One.f(a.One.Point)",
                "f(Set) | One.f(Set)",
                "f() | One.f()",
            })
    void parametersAreNamedAsInSourceCode(String method, String signature) {
        List<TargetFunction> functions = Stream.of(
                        "(int[])",
                        "(String)",
                        "(java.util.List,String[][])",
                        "(java.util.List)",
                        "(a.One.Point)",
                        "(java.util.Set)",
                        "(Set)",
                        "()")
                .map(parameters -> function("One", parameters, null))
                .toList();

        assertThat(FunctionLookup.find(functions, method).signature()).isEqualTo(signature);
    }

    @Test
    void similarFunctionsAreTheFirstCandidates() {
        List<TargetFunction> functions = List.of(
                new TargetFunction("a", "Other", List.of(), "int", "Other.a()"),
                new TargetFunction("b", "One", List.of(), "int", "One.b()"),
                function("Two", "(int)", null));

        assertThatExceptionOfType(UnknownFunction.class)
                .isThrownBy(() -> FunctionLookup.find(functions, "One.f(long)"))
                .satisfies(e -> assertThat(e.candidates()).containsExactly("Two.f(int)", "One.b()", "Other.a()"));
    }
}
