package io.minimalcluster.master.job.argument;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minimalcluster.master.error.MasterException.InvalidArguments;
import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.task.json.JsonScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of many integers, which are read in blocks. */
class ArgumentReaderTest {
    private static final int MANY = 3_000;
    private static final ArgumentLimits LIMITS =
            new ArgumentLimits(ByteSize.ofMebibytes(1), 10_000, ByteSize.ofMebibytes(1), 1);
    private static final TargetFunction LONG = function(Long.MIN_VALUE, Long.MAX_VALUE);
    private static final TargetFunction BYTE = function(Byte.MIN_VALUE, Byte.MAX_VALUE);

    private final List<Segment> segments = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {",", "\n", "\n\n", " ,\n ", "\r\n"})
    void integersOfEachFormStayAsTheyAre(String separator) throws IOException {
        List<String> expected = integers();

        long count = read(String.join(separator, expected), separator.contains(","), LONG);

        assertThat(count).isEqualTo(expected.size());
        assertThat(values()).isEqualTo(expected);
    }

    @Test
    void integersAreReadBesideOtherValues() throws IOException {
        List<String> expected = integers();
        for (int i = 100; i < MANY; i += 700) {
            expected.set(i, "[" + i + ",{\"a\":[1,2,3]}]");
            expected.set(i + 1, "\"text\"");
        }

        read(String.join(",", expected), true, null);

        assertThat(values()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "9223372036854775808", "0.5", "null"})
    void misfitAfterManyIntegersIsNamed(String misfit) {
        List<String> texts = integers();
        texts.set(2_345, misfit);

        assertThatExceptionOfType(InvalidArguments.class)
                .isThrownBy(() -> read(String.join("\n", texts), false, LONG))
                .withMessageContaining("index 2345")
                .satisfies(error -> assertThat(error.line()).isEqualTo(2_346));
        assertThatExceptionOfType(InvalidArguments.class)
                .isThrownBy(() -> read(String.join(",", texts), true, LONG))
                .withMessageContaining("index 2345");
    }

    @Test
    void narrowerBoundsAreCheckedForEachInteger() {
        List<String> texts = new ArrayList<>(Collections.nCopies(MANY, "99"));
        texts.set(1_000, "-128");
        texts.set(2_345, "128");

        assertThatExceptionOfType(InvalidArguments.class)
                .isThrownBy(() -> read(String.join(",", texts), true, BYTE))
                .withMessageContaining("index 2345");
    }

    @Test
    void tasksAreCounted() {
        String tooMany = String.join(",", Collections.nCopies(10_001, "1"));

        assertThatExceptionOfType(InvalidOption.class).isThrownBy(() -> read(tooMany, true, LONG));
    }

    private static TargetFunction function(long min, long max) {
        Shape shape = new Shape(Shape.Kind.INTEGER, false, BigInteger.valueOf(min), BigInteger.valueOf(max));
        return new TargetFunction("f", "Main", List.of(new Parameter("x", "T", shape)), "void", "f()");
    }

    /** Integers of each length that a {@code long} may have. */
    private static List<String> integers() {
        List<String> texts = new ArrayList<>();
        LongStream.range(0, MANY)
                .mapToObj(i -> Long.toString(
                        Long.MAX_VALUE / BigInteger.TEN.pow((int) (i % 19)).longValueExact() * (i % 3 == 0 ? -1 : 1)))
                .forEach(texts::add);
        texts.set(7, "0");
        texts.set(8, "-0");
        return texts;
    }

    private long read(String text, boolean isArray, @Nullable TargetFunction function) throws IOException {
        byte[] bytes = (isArray ? "[" + text + "]" : text).getBytes(US_ASCII);
        JsonScanner scanner = JsonScanner.of(new ByteArrayInputStream(bytes), 1 << 20);
        ArgumentReader reader = new ArgumentReader(LIMITS, function, segments::add);
        return isArray ? reader.read(scanner) : reader.readLines(scanner);
    }

    private List<String> values() {
        List<String> found = new ArrayList<>();
        for (Segment segment : segments) {
            assertThat(segment.first()).isEqualTo(found.size());
            Segment.Values values = segment.values();
            while (values.next()) {
                found.add(new String(segment.data(), values.start(), values.end() - values.start(), US_ASCII));
            }
        }
        return found;
    }
}
