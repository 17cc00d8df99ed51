package io.minimalcluster.master.job.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minimalcluster.master.error.MasterException.InvalidArguments;
import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.RawJson;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedParameterTest {
    private static Parameter parameter(Shape.Kind kind, boolean nullable) {
        return new Parameter("p", "Main.Point", new Shape(kind, nullable, null, null));
    }

    private static TargetFunction function(List<Parameter> parameters) {
        return new TargetFunction("f", "Main", parameters, "int", "f(…)");
    }

    @Test
    void functionOfAnUnreadableParameterIsRejected() {
        assertThatExceptionOfType(InvalidArguments.class)
                .isThrownBy(() -> SharedParameter.withoutShared(
                        function(List.of(parameter(Shape.Kind.NONE, true))), JobOptions.DEFAULTS))
                .satisfies(rejected -> {
                    assertThat(rejected.detail()).contains("parameter p of type Main.Point", "static", "record");
                    assertThat(rejected.expected()).contains("in place of Main.Point");
                });
    }

    @Test
    void functionOfTooManyParametersIsRejected() {
        TargetFunction most = function(Collections.nCopies(253, parameter(Shape.Kind.INTEGER, false)));
        assertThat(SharedParameter.withoutShared(most, JobOptions.DEFAULTS)).isEqualTo(most);
        assertThatExceptionOfType(InvalidArguments.class)
                .isThrownBy(() -> SharedParameter.withoutShared(
                        function(Collections.nCopies(254, parameter(Shape.Kind.INTEGER, false))), JobOptions.DEFAULTS))
                .satisfies(rejected -> assertThat(rejected.expected()).isEqualTo("at most 253 parameters"));
    }

    @Test
    void sharedNullIsAValue() {
        JobOptions options = JobOptions.builder().shared(new RawJson("null")).build();
        TargetFunction takesNull =
                function(List.of(parameter(Shape.Kind.INTEGER, false), parameter(Shape.Kind.STRING, true)));
        TargetFunction takesNone =
                function(List.of(parameter(Shape.Kind.INTEGER, false), parameter(Shape.Kind.INTEGER, false)));

        assertThat(SharedParameter.withoutShared(takesNull, options).parameters())
                .hasSize(1);
        assertThatExceptionOfType(InvalidOption.class)
                .isThrownBy(() -> SharedParameter.withoutShared(takesNone, options));
    }
}
