package io.minimalcluster.master.job.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.reduce.fold.BuiltInReduction;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReduceValidatorTest {
    private static TargetFunction mapFunction(String returns) {
        return new TargetFunction("f", "Main", List.of(), returns, "f(long)");
    }

    private static TargetFunction reduceMethod(Shape.Kind kind, String returns, String... types) {
        List<Parameter> parameters = Arrays.stream(types)
                .map(type -> new Parameter("p", type, new Shape(kind, false, null, null)))
                .toList();
        return new TargetFunction("add", "Main", parameters, returns, "add(…)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"int", "Long", "double", "java.math.BigDecimal", "Object", "java.util.OptionalInt"})
    void builtInsAcceptPossibleNumbers(String type) {
        assertThat(ReduceValidator.check(BuiltInReduction.SUM, mapFunction(type)))
                .isEqualTo("sum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"void", "String", "boolean", "long[]", "Stats"})
    void builtInsRejectNonNumbersExceptCount(String type) {
        assertThatThrownBy(() -> ReduceValidator.check(BuiltInReduction.MAX, mapFunction(type)))
                .isInstanceOf(InvalidOption.class);
        assertThat(ReduceValidator.check(BuiltInReduction.COUNT, mapFunction(type)))
                .isEqualTo("count");
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, long, long, long, long",
        "INTEGER, long, long, Long, int",
        "FLOAT, double, double, double, long",
        "OBJECT, Stats, Stats, Stats, Stats",
        "ANY, Object, Object, Object, String"
    })
    void methodOfTwoResultsIsAccepted(Shape.Kind kind, String returns, String one, String two, String type) {
        assertThat(ReduceValidator.check(reduceMethod(kind, returns, one, two), mapFunction(type)))
                .isEqualTo("add(…)");
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, long, long, long, double",
        "INTEGER, int, long, long, long",
        "INTEGER, long, long, int, long",
        "STRING, String, String, String, long",
        "INTEGER, long, long, long, void"
    })
    void methodWithOtherTypesIsRejected(Shape.Kind kind, String returns, String one, String two, String type) {
        assertThatThrownBy(() -> ReduceValidator.check(reduceMethod(kind, returns, one, two), mapFunction(type)))
                .isInstanceOf(InvalidOption.class);
    }

    @Test
    void methodOfOneParameterIsRejected() {
        assertThatThrownBy(() ->
                        ReduceValidator.check(reduceMethod(Shape.Kind.INTEGER, "long", "long"), mapFunction("long")))
                .isInstanceOf(InvalidOption.class);
    }
}
