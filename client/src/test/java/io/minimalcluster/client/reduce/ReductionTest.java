package io.minimalcluster.client.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.client.function.TypeRef;
import io.minimalcluster.model.job.RawJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReductionTest {
    private static RawJson json(String text) {
        return new RawJson(text);
    }

    @Test
    void builtInsHaveTheNamesOfTheOption() {
        assertThat(List.of(
                        Reduction.sum(),
                        Reduction.sum(Long.class),
                        Reduction.count(),
                        Reduction.min(),
                        Reduction.max(),
                        Reduction.mean(),
                        Reduction.method("add")))
                .extracting(Reduction::option)
                .containsExactly("sum", "sum", "count", "min", "max", "mean", "add");
    }

    @Test
    void sumHasTheTypeOfTheValuesOrTheGivenOne() {
        assertThat(Reduction.<Long>sum().read(json("14"), long.class)).isEqualTo(14);
        assertThat(Reduction.<Double>sum().read(json("\"NaN\""), double.class)).isNaN();
        assertThat(Reduction.<Double>sum().read(json("0"), Double.class)).isZero();
        assertThat(Reduction.<BigDecimal>sum().read(json("0.10000000000000000000001"), BigDecimal.class))
                .isEqualTo(new BigDecimal("0.10000000000000000000001"));
        assertThat(Reduction.sum(Long.class).read(json("3000000000"), int.class))
                .isEqualTo(3_000_000_000L);
        assertThat(Reduction.sum(BigInteger.class).read(json("9223372036854775808"), long.class))
                .isEqualTo(new BigInteger("9223372036854775808"));
    }

    @Test
    void sumIsNeverRoundedToItsType() {
        assertThatThrownBy(() -> Reduction.<Integer>sum().read(json("3000000000"), int.class))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the sum 3000000000 does not fit int: use Reduction.sum(type) with a type that holds it");
        assertThatThrownBy(() -> Reduction.<Byte>sum().read(json("200"), byte.class))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Reduction.sum(Long.class).read(json("2.5"), double.class))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageStartingWith("the sum 2.5 does not fit java.lang.Long");
        assertThatThrownBy(() -> Reduction.sum(BigInteger.class).read(json("1.1"), double.class))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Reduction.sum(AtomicLong.class).read(json("1.5"), double.class))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Reduction.sum(Float.class).read(json("1e39"), double.class))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void othersAreEmptyWithoutValues() {
        assertThat(Reduction.<Long>min().read(json("3"), long.class)).contains(3L);
        assertThat(Reduction.<Long>min().read(null, long.class)).isEmpty();
        assertThat(Reduction.<Long>max().read(json("null"), long.class)).isEmpty();
        assertThat(Reduction.mean().read(json("4.5"), long.class)).hasValue(4.5);
        assertThat(Reduction.mean().read(null, long.class)).isEmpty();
        assertThat(Reduction.count().read(json("0"), long.class)).isZero();
        assertThat(Reduction.<Long>method("add").read(null, long.class)).isEmpty();
    }

    @Test
    void valueOfAMethodHasTheTypeOfTheValues() {
        TypeRef<List<Long>> type = new TypeRef<>() {};

        assertThat(Reduction.<List<Long>>method("join").read(json("[1,2]"), type.type()))
                .contains(List.of(1L, 2L));
        assertThatThrownBy(() -> Reduction.<Long>method("add").read(json("[1]"), long.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the value does not fit long");
    }
}
