package io.minimalcluster.master.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minimalcluster.master.error.MasterException.AmbiguousFunction;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
}
