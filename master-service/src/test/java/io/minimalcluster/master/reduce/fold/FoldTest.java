package io.minimalcluster.master.reduce.fold;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldTest {
    private static void add(Fold fold, String... values) {
        for (String value : values) {
            byte[] bytes = (" " + value).getBytes(US_ASCII);
            fold.add(bytes, 1, bytes.length);
        }
    }

    private static String folded(String name, String type, String... values) {
        Fold fold = BuiltInReduction.of(name).orElseThrow().fold(type);
        add(fold, values);
        fold.endGroup();
        return fold.result();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum|long|1,2,3|6",
                "sum|long|9223372036854775807,1|9223372036854775808",
                "sum|long|-9223372036854775808,-1,5|-9223372036854775804",
                "sum|java.math.BigInteger|100000000000000000000,1|100000000000000000001",
                "min|long|5,-3,9223372036854775807|-3",
                "max|java.math.BigInteger|5,123456789012345678901234567890|123456789012345678901234567890",
                "mean|int|1,2,3|2.0",
                "mean|int|1,2|1.5",
                "sum|java.math.BigDecimal|0.1,0.20|0.30",
                "mean|java.math.BigDecimal|1,2|1.5",
                "sum|double|0.5,0.25|0.75",
                "sum|double|1,1E300|1.0E300",
                "mean|Double|1.0,null,3.0|2.0",
                "min|double|2.5,-1.5|-1.5",
                "sum|float|0.1,0.2|0.3",
                "max|double|1.0,\"NaN\"|\"NaN\"",
                "sum|double|1.0,\"-Infinity\"|\"-Infinity\"",
                "sum|Long|null,4|4",
                "max|Long|null|null",
                "mean|double|null|null"
            })
    void foldMatchesJavaArithmetic(String name, String type, String values, String result) {
        assertThat(folded(name, type, values.split(","))).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"sum,long,\"a\"", "sum,long,true", "max,double,[1]", "sum,Object,1e999999999", "min,double,{}"})
    void nonNumbersAndOverflowsAreRejected(String name, String type, String value) {
        assertThatThrownBy(() -> folded(name, type, value)).isInstanceOf(NotFoldableException.class);
    }

    @Test
    void numberThatIsSlowToParseIsRejected() {
        assertThatThrownBy(() -> folded("sum", "java.math.BigInteger", "1".repeat(200_000)))
                .isInstanceOf(NotFoldableException.class);
    }

    @Test
    void sumOfRandomIntegersOfAnyLengthIsExact() {
        Random random = new Random(7);
        BigInteger[] values = IntStream.range(0, 2_000)
                .mapToObj(i -> new BigInteger(1 + random.nextInt(200), random).subtract(BigInteger.ONE.shiftLeft(60)))
                .toArray(BigInteger[]::new);
        BigInteger sum = BigInteger.ZERO;
        for (BigInteger value : values) {
            sum = sum.add(value);
        }
        String[] texts =
                java.util.Arrays.stream(values).map(BigInteger::toString).toArray(String[]::new);
        assertThat(folded("sum", "long", texts)).isEqualTo(sum.toString());
    }

    @ParameterizedTest
    @CsvSource({"sum,double", "mean,float", "sum,long", "max,long", "min,java.math.BigDecimal"})
    void restoredStateContinuesTheFold(String name, String type) {
        Fold whole = BuiltInReduction.of(name).orElseThrow().fold(type);
        Fold first = BuiltInReduction.of(name).orElseThrow().fold(type);
        for (int i = 1; i <= 3; i++) {
            String[] group = {"" + i, "123456789012345678" + i, "-7"};
            add(whole, group);
            whole.endGroup();
            add(first, group);
            first.endGroup();
            Fold restored = BuiltInReduction.of(name).orElseThrow().fold(type);
            restored.restore(first.state());
            first = restored;
        }
        assertThat(first.result()).isEqualTo(whole.result());
    }
}
